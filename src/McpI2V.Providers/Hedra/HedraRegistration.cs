using System.Net.Http.Headers;
using McpI2V.Providers.Contract;
using McpI2V.Providers.Http;
using McpI2V.Providers.Schemas;

namespace McpI2V.Providers.Hedra;

/// <summary>Adds Hedra.</summary>
public static class HedraRegistration
{
    // An upload is good for an hour; what is prepared with it may wait for twenty minutes until it is taken.
    private static readonly TimeSpan UploadLifetime = TimeSpan.FromMinutes(30);

    /// <summary>Hedra, as the program's list names it. What a key looks like is not published.</summary>
    public static ProviderDescriptor Descriptor { get; } = new("hedra", "HEDRA_API_KEY", KeyShape: null, Make);

    private static ProviderServices Make(ProviderOptions options, TimeProvider time)
    {
        var http = new ProviderHttp(options, HedraProvider.Api, options.Apply(HedraProvider.Usual), Authorize, time);
        var errors = new HedraErrors(http, options, time);
        var prices = new HedraPrices(http, errors, time);
        var models = new ModelSchemas(options.Name, new HedraModels(http, errors, prices).ReadAsync, time);
        var files = new HedraFiles(http, errors, new UploadMemory(time, UploadLifetime));
        var provider = new HedraProvider(
            options,
            http,
            errors,
            new HedraRequests(http, models, prices, files),
            new HedraRecovery(http, errors, time),
            new ApiKeyCheck());
        return new ProviderServices(
            provider,
            new SchemaListing(options, models, ModelPath.IsWord, time),
            new HedraWebhooks(http, errors, time));
    }

    private static void Authorize(HttpRequestHeaders headers, Secret key) =>
        headers.Authorization = new AuthenticationHeaderValue("Key", key.Reveal());
}
