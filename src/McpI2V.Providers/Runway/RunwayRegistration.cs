using System.Net.Http.Headers;
using System.Text.RegularExpressions;
using McpI2V.Engine.Catalogue;
using McpI2V.Providers.Contract;
using McpI2V.Providers.Http;

namespace McpI2V.Providers.Runway;

/// <summary>Adds Runway.</summary>
public static partial class RunwayRegistration
{
    // Ephemeral uploads live for 24 hours (docs.dev.runwayml.com, uploads).
    private static readonly TimeSpan UploadLifetime = TimeSpan.FromHours(20);

    /// <summary>Runway, as the program's list names it.</summary>
    public static ProviderDescriptor Descriptor { get; } = new(
        "runway",
        "RUNWAYML_API_SECRET",
        KeyShape,
        (options, time) => new ProviderServices(
            Make(options, time),
            new EmbeddedModels(typeof(RunwayRegistration).Assembly, "runway", RunwayJson.Default.RunwayWire)));

    private static RunwayProvider Make(ProviderOptions options, TimeProvider time)
    {
        var http = new ProviderHttp(options, RunwayProvider.Api, options.Apply(RunwayProvider.Usual), Authorize, time);
        var errors = new RunwayErrors(http, options.KeyVariable, time);
        return new RunwayProvider(
            options,
            http,
            errors,
            new RunwayUploads(http, errors, new UploadMemory(time, UploadLifetime)),
            new ApiKeyCheck());
    }

    private static void Authorize(HttpRequestHeaders headers, Secret key) =>
        headers.Authorization = new AuthenticationHeaderValue("Bearer", key.Reveal());

    [GeneratedRegex(@"\bkey_[a-f0-9]{32,}")]
    private static partial Regex KeyShape();
}
