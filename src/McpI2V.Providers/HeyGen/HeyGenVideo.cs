using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using McpI2V.Providers.Http;

namespace McpI2V.Providers.HeyGen;

/// <summary>A video as HeyGen tells of it, of either sort (heygen-cli 2026-07, <c>GET /v3/videos/{id}</c>; clients of 2026-10).</summary>
internal sealed record HeyGenVideo
{
    /// <summary>waiting, queued, pending, processing, completed, failed, cancelled.</summary>
    public string? Status { get; init; }

    /// <summary>Where it is, signed anew at each look.</summary>
    public string? VideoUrl { get; init; }

    /// <summary>Its length in seconds.</summary>
    public double? Duration { get; init; }

    /// <summary>The seed that was used.</summary>
    public long? Seed { get; init; }

    /// <summary>Why it failed, as a word.</summary>
    public string? FailureCode { get; init; }

    /// <summary>Why it failed.</summary>
    public string? FailureMessage { get; init; }

    /// <summary>What an answer holds: its <c>data</c>, which some leave out.</summary>
    public static JsonObject DataOf(ProviderAnswer answer) => answer.Json is { } body ? body["data"] as JsonObject ?? body : [];

    /// <summary>Reads an answer.</summary>
    public static HeyGenVideo Read(ProviderAnswer answer) =>
        answer.Read(HeyGenJson.Default.HeyGenVideo, "heygen", DataOf(answer)) ?? new();
}

[JsonSerializable(typeof(HeyGenVideo))]
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
internal sealed partial class HeyGenJson : JsonSerializerContext;
