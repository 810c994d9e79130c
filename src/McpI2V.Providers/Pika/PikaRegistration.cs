using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using McpI2V.Providers.Contract;
using McpI2V.Providers.Http;
using McpI2V.Providers.Schemas;

namespace McpI2V.Providers.Pika;

/// <summary>Adds Pika.</summary>
public static class PikaRegistration
{
    // One client calls an upload's address permanent; an hour is enough for a batch.
    private static readonly TimeSpan UploadLifetime = TimeSpan.FromHours(1);

    /// <summary>Pika, as the program's list names it. What its keys look like was not found.</summary>
    public static ProviderDescriptor Descriptor { get; } = new("pika", "PIKA_API_KEY", KeyShape: null, Make);

    private static PlaceWords Places { get; } = new(
        "v1/media/uploads",
        "headers",
        "url",
        input => new JsonObject { ["content_type"] = input.Format.MimeType, ["size_bytes"] = input.Bytes });

    private static ProviderServices Make(ProviderOptions options, TimeProvider time)
    {
        var http = new ProviderHttp(options, PikaProvider.Api, options.Apply(PikaProvider.Usual), Authorize, time);
        var errors = new PikaErrors(http, options.KeyVariable, time);
        var models = new ModelSchemas(options.Name, new PikaCatalogue(http, errors).ReadAsync, time);
        var uploads = new SignedUploads(options.Name, http, errors.Judge, new UploadMemory(time, UploadLifetime), Places);
        var provider = new PikaProvider(options, http, errors, models, uploads, new ApiKeyCheck(), time);
        return new ProviderServices(provider, new SchemaListing(options, models, ModelPath.IsOne, time));
    }

    private static void Authorize(HttpRequestHeaders headers, Secret key) => headers.Add("X-API-Key", key.Reveal());
}
