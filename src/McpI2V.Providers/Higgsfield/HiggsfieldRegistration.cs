using System.Net.Http.Headers;
using System.Text.Json.Nodes;
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

    // `@higgsfield/client` 0.2.6.
    private static PlaceWords Places { get; } = new(
        "files/generate-upload-url",
        "upload_headers",
        "public_url",
        input => new JsonObject { ["content_type"] = input.Format.MimeType });

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
            new SignedUploads(options.Name, http, errors.Judge, new UploadMemory(time, UploadLifetime), Places),
            new ApiKeyCheck(),
            time);
        return new ProviderServices(provider, new SchemaListing(options, models, ModelPath.IsOne, time));
    }

    private static void Authorize(HttpRequestHeaders headers, Secret key) =>
        headers.Authorization = new AuthenticationHeaderValue("Key", key.Reveal());
}
