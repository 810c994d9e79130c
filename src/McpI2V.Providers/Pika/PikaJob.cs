using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using McpI2V.Providers.Http;
using McpI2V.Providers.Schemas;

namespace McpI2V.Providers.Pika;

/// <summary>A job as Pika tells of it; what is not there is an explicit null (public clients of the API, 2026-08 to 2026-10).</summary>
internal sealed record PikaJob
{
    /// <summary>Begins with <c>media_</c>.</summary>
    public string? Id { get; init; }

    /// <summary>queued, running, completed, failed.</summary>
    public string? Status { get; init; }

    /// <summary>What it made; its <c>media_type</c> names the member that holds it.</summary>
    public JsonObject? Output { get; init; }

    /// <summary>Why it failed.</summary>
    public PikaError? Error { get; init; }

    /// <summary>Where the results lie. Only what the media type names counts: pictures beside a clip are previews.</summary>
    public IEnumerable<Uri> Results => OutputFiles.Addresses(
        Output?["media_type"]?.ToString() is { } type
            ? Output[type] ?? Output[type + "s"] ?? Output
            : Output);

    /// <summary>Reads an answer.</summary>
    public static PikaJob Read(ProviderAnswer answer) => answer.Json is { } body && Read(body) is { } job
        ? job
        : throw HttpFaults.NotJson("pika", answer);

    /// <summary>Reads a body; null if it is none.</summary>
    public static PikaJob? Read(JsonObject body)
    {
        try
        {
            return body.Deserialize(PikaJson.Default.PikaJob);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}

/// <summary>Why a job failed.</summary>
internal sealed record PikaError(string? Code, string? Message);

[JsonSerializable(typeof(PikaJob))]
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
internal sealed partial class PikaJson : JsonSerializerContext;
