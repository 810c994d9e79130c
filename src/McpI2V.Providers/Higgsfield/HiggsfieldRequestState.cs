using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using McpI2V.Providers.Http;
using McpI2V.Providers.Schemas;

namespace McpI2V.Providers.Higgsfield;

/// <summary>A request as Higgsfield tells of it (`@higgsfield/client` 0.2.6, v2/types.d.ts; docs as copied, 2026-10).</summary>
internal sealed record HiggsfieldRequestState
{
    /// <summary>Its id.</summary>
    public string? RequestId { get; init; }

    /// <summary>queued, in_progress, completed, failed, nsfw, canceled.</summary>
    public string? Status { get; init; }

    /// <summary>A clip: an object with its address.</summary>
    public JsonNode? Video { get; init; }

    /// <summary>Stills: objects with their addresses.</summary>
    public JsonNode? Images { get; init; }

    /// <summary>A sound.</summary>
    public JsonNode? Audio { get; init; }

    /// <summary>Why it failed; any shape.</summary>
    public JsonNode? Error { get; init; }

    /// <summary>Where the results lie: a clip before stills and sounds beside it.</summary>
    public IEnumerable<Uri> Results =>
        new[] { Video, Images, Audio }.Select(n => OutputFiles.Addresses(n).ToList()).FirstOrDefault(a => a.Count > 0) ?? [];

    /// <summary>Reads an answer.</summary>
    public static HiggsfieldRequestState Read(ProviderAnswer answer) =>
        answer.Read(HiggsfieldJson.Default.HiggsfieldRequestState, "higgsfield") ?? new();
}

[JsonSerializable(typeof(HiggsfieldRequestState))]
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
internal sealed partial class HiggsfieldJson : JsonSerializerContext;
