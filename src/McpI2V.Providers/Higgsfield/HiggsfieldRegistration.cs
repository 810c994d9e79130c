using System.Net.Http.Headers;
using McpI2V.Providers.Contract;
using McpI2V.Providers.Http;
using McpI2V.Providers.Schemas;

namespace McpI2V.Providers.Higgsfield;

/// <summary>Adds Higgsfield.</summary>
public static class HiggsfieldRegistration
{
    // Storage is tagged as temporary, and for how long is not published; an hour is enough for a batch.
    private static readonly TimeSpan UploadLifetime = TimeSpan.FromHours(1);

    /// <summary>Higgsfield, as the program's list names it. What its keys look like was not found.</summary>
    public static ProviderDescriptor Descriptor { get; } = new("higgsfield", "HF_CREDENTIALS", KeyShape: null, Make)
    {
        OtherVariables = ["HF_KEY", "HF_API_KEY:HF_API_SECRET"],
    };

    private static ProviderServices Make(ProviderOptions options, TimeProvider time)
    {
        var http = new ProviderHttp(options, HiggsfieldProvider.Api, options.Apply(HiggsfieldProvider.Usual), Authorize, time);
        var errors = new HiggsfieldErrors(http, options.KeyVariable, time);
        var models = new ModelSchemas(options.Name, new HiggsfieldModels(http, errors).ReadAsync, time);
        var provider = new HiggsfieldProvider(
            options,
            http,
            errors,
            models,
            new HiggsfieldEstimates(http, errors),
            new HiggsfieldUploads(http, errors, new UploadMemory(time, UploadLifetime)),
            new ApiKeyCheck(),
            time);
        return new ProviderServices(provider, new SchemaListing(options, models, ModelPath.IsOne, time));
    }

    private static void Authorize(HttpRequestHeaders headers, Secret key) =>
        headers.Authorization = new AuthenticationHeaderValue("Key", key.Reveal());
}
