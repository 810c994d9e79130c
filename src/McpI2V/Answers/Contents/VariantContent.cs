using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using McpI2V.Answers.Writing;

namespace McpI2V.Answers.Contents;

/// <summary>One variant of a batch.</summary>
internal sealed record VariantContent
{
    /// <summary>Its place in the matrix, as the contact sheet shows it.</summary>
    [Core]
    public required int Number { get; init; }

    /// <summary>Its job; empty for a dry run.</summary>
    public required string Job { get; init; }

    /// <summary>Where the job is.</summary>
    [Core]
    public required string State { get; init; }

    /// <summary>What distinguishes it: one member an axis.</summary>
    [Core]
    public required JsonNode Values { get; init; }

    /// <summary>Its clip.</summary>
    [Core]
    public string? Asset { get; init; }

    /// <summary>Its file.</summary>
    [Core]
    [JsonConverter(typeof(OwnTextConverter))]
    public string? Path { get; init; }

    /// <summary>keep or reject, if it was judged.</summary>
    public string? Verdict { get; init; }

    /// <summary>Why it has none.</summary>
    public string? Error { get; init; }
}
