using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using McpI2V.Answers.Writing;

namespace McpI2V.Answers.Contents;

/// <summary>One variant of a batch.</summary>
internal sealed record VariantContent
{
    /// <summary>Its job; empty for a dry run.</summary>
    public required string Job { get; init; }

    /// <summary>Where the job is.</summary>
    public required string State { get; init; }

    /// <summary>What distinguishes it: one member an axis.</summary>
    public required JsonNode Values { get; init; }

    /// <summary>Its clip.</summary>
    public string? Asset { get; init; }

    /// <summary>Its file.</summary>
    [JsonConverter(typeof(OwnTextConverter))]
    public string? Path { get; init; }

    /// <summary>keep or reject, if it was judged.</summary>
    public string? Verdict { get; init; }

    /// <summary>Why it has none.</summary>
    public string? Error { get; init; }
}
