using System.Net.Http.Headers;
using McpI2V.Providers.Contract;
using McpI2V.Providers.Http;

namespace McpI2V.Providers.Firefly;

/// <summary>Adds Firefly.</summary>
public static class FireflyRegistration
{
    // Uploads are kept for seven days; a day less is sure.
    private static readonly TimeSpan UploadLifetime = TimeSpan.FromDays(6);

    /// <summary>
    /// Firefly, as the program's list names it; the two variables are those of Adobe's own pages. What its secrets look like is not
    /// published.
    /// </summary>
    public static ProviderDescriptor Descriptor { get; } = new("firefly", "FIREFLY_CREDENTIALS", KeyShape: null, Make)
    {
        OtherVariables = ["FIREFLY_SERVICES_CLIENT_ID:FIREFLY_SERVICES_CLIENT_SECRET"],
        OwnSettings = s => new FireflySettings(s),
    };

    private static ProviderServices Make(ProviderOptions options, TimeProvider time)
    {
        var (limits, credentials) = (options.Apply(FireflyProvider.Usual), FireflyCredentials.Of(options.ApiKey));
        // The secret is in the form that asks for a token, never in a header.
        var ims = new ProviderHttp(options, FireflyTokens.Ims, limits, (_, _) => { }, time);
        var tokens = new FireflyTokens(ims, credentials, options.KeyVariable, time);
        var http = new ProviderHttp(
            options,
            FireflyProvider.Api,
            limits,
            Authorize,
            time,
            new AccessTokens(options.Name, tokens.AskAsync, time));
        var errors = new FireflyErrors(http, options.KeyVariable, time);
        var provider = new FireflyProvider(
            options,
            http,
            errors,
            new FireflyUploads(http, errors, new UploadMemory(time, UploadLifetime)),
            tokens,
            new ApiKeyCheck());
        return new ProviderServices(provider, new FireflyModels(options.Own<FireflySettings>().OperationUsd));

        void Authorize(HttpRequestHeaders headers, Secret token)
        {
            headers.Authorization = new AuthenticationHeaderValue("Bearer", token.Reveal());
            headers.Add("x-api-key", credentials?.ClientId);
        }
    }
}
