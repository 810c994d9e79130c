using System.Net.Http.Headers;
using System.Text.RegularExpressions;
using McpI2V.Providers.Contract;
using McpI2V.Providers.Http;
using McpI2V.Providers.Schemas;

namespace McpI2V.Providers.Replicate;

/// <summary>Adds Replicate.</summary>
public static partial class ReplicateRegistration
{
    // An upload says when it ends, a day later as far as known; an hour is enough for a batch.
    private static readonly TimeSpan UploadLifetime = TimeSpan.FromHours(1);

    /// <summary>Replicate, as the program's list names it.</summary>
    public static ProviderDescriptor Descriptor { get; } = new("replicate", "REPLICATE_API_TOKEN", KeyShape, Make);

    private static ProviderServices Make(ProviderOptions options, TimeProvider time)
    {
        var http = new ProviderHttp(options, ReplicateProvider.Api, options.Apply(ReplicateProvider.Usual), Authorize, time);
        var errors = new ReplicateErrors(http, options.KeyVariable, time);
        var models = new ModelSchemas(options.Name, new ReplicateModels(http, errors).ReadAsync, time);
        var provider = new ReplicateProvider(
            options,
            http,
            errors,
            models,
            new ReplicateFiles(http, errors, new UploadMemory(time, UploadLifetime)),
            new ReplicateHistory(http, errors),
            new ApiKeyCheck());
        return new ProviderServices(
            provider,
            new SchemaListing(options, models, ReplicateModels.IsId, time),
            new ReplicateWebhooks(http, errors, time));
    }

    private static void Authorize(HttpRequestHeaders headers, Secret key) =>
        headers.Authorization = new AuthenticationHeaderValue("Bearer", key.Reveal());

    [GeneratedRegex(@"\br8_[A-Za-z0-9]{8,}")]
    private static partial Regex KeyShape();
}
