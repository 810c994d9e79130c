using System.Net.Http.Headers;
using System.Text.RegularExpressions;
using McpI2V.Providers.Contract;
using McpI2V.Providers.Http;

namespace McpI2V.Providers.Fal;

/// <summary>Adds fal.</summary>
public static partial class FalRegistration
{
    // fal keeps uploads for longer; half a day is enough for a batch.
    private static readonly TimeSpan UploadLifetime = TimeSpan.FromHours(12);

    /// <summary>fal, as the program's list names it.</summary>
    public static ProviderDescriptor Descriptor { get; } = new("fal", "FAL_KEY", KeyShape, Make);

    private static ProviderServices Make(ProviderOptions options, TimeProvider time)
    {
        var http = new ProviderHttp(options, FalProvider.Queue, options.Apply(FalProvider.Usual), Authorize, time);
        var errors = new FalErrors(http, options.KeyVariable, time);
        var prices = new FalPrices(http, errors, time);
        var provider = new FalProvider(
            options,
            http,
            errors,
            new FalUploads(http, errors, new UploadMemory(time, UploadLifetime)),
            prices,
            new FalHistory(http, errors),
            new ApiKeyCheck());
        return new ProviderServices(provider, new FalListing(options, http, errors, prices), new FalWebhooks(http, time));
    }

    private static void Authorize(HttpRequestHeaders headers, Secret key) =>
        headers.Authorization = new AuthenticationHeaderValue("Key", key.Reveal());

    [GeneratedRegex(@"\b[a-f0-9-]{36}:[a-f0-9]{16,}")]
    private static partial Regex KeyShape();
}
