using System.Net.Http.Headers;
using McpI2V.Engine.Catalogue;
using McpI2V.Providers.Contract;
using McpI2V.Providers.Http;

namespace McpI2V.Providers.HeyGen;

/// <summary>Adds HeyGen.</summary>
public static class HeyGenRegistration
{
    // An upload stays in the account until it is deleted; half a day is enough for a batch.
    private static readonly TimeSpan UploadLifetime = TimeSpan.FromHours(12);

    /// <summary>HeyGen, as the program's list names it. What a key looks like is not published.</summary>
    public static ProviderDescriptor Descriptor { get; } = new(
        "heygen",
        "HEYGEN_API_KEY",
        KeyShape: null,
        (options, time) => new ProviderServices(Make(options, time), new EmbeddedModels(typeof(HeyGenRegistration).Assembly, "heygen")));

    private static HeyGenProvider Make(ProviderOptions options, TimeProvider time)
    {
        var http = new ProviderHttp(options, HeyGenProvider.Api, options.Apply(HeyGenProvider.Usual), Authorize, time);
        var errors = new HeyGenErrors(http, options.KeyVariable, time);
        return new HeyGenProvider(
            options,
            http,
            errors,
            new HeyGenAssets(http, errors, new UploadMemory(time, UploadLifetime)),
            new HeyGenRecovery(http, errors, time),
            new ApiKeyCheck());
    }

    private static void Authorize(HttpRequestHeaders headers, Secret key) => headers.Add("X-Api-Key", key.Reveal());
}
