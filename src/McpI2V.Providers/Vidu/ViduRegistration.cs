using System.Net.Http.Headers;
using McpI2V.Engine.Catalogue;
using McpI2V.Providers.Contract;
using McpI2V.Providers.Http;

namespace McpI2V.Providers.Vidu;

/// <summary>Adds Vidu.</summary>
public static class ViduRegistration
{
    /// <summary>Vidu, as the program's list names it. What its keys look like is not published.</summary>
    public static ProviderDescriptor Descriptor { get; } = new("vidu", "VIDU_API_KEY", KeyShape: null, Make);

    private static ProviderServices Make(ProviderOptions options, TimeProvider time)
    {
        var http = new ProviderHttp(options, ViduProvider.Api, options.Apply(ViduProvider.Usual), Authorize, time);
        var errors = new ViduErrors(http, options.KeyVariable, time);
        return new ProviderServices(
            new ViduProvider(options, http, errors, new ViduHistory(http, errors)),
            new EmbeddedModels(typeof(ViduRegistration).Assembly, "vidu"),
            options is { ApiKey: { } key, WebhookUrl: { } address } ? new ViduWebhooks(key, address, time) : null);
    }

    // A bearer is refused.
    private static void Authorize(HttpRequestHeaders headers, Secret key) =>
        headers.Authorization = new AuthenticationHeaderValue("Token", key.Reveal());
}
