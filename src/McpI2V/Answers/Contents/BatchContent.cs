using System.Text.Json.Serialization;
using McpI2V.Answers.Writing;

namespace McpI2V.Answers.Contents;

/// <summary>A batch for programs.</summary>
internal sealed record BatchContent
{
    /// <summary>batch-2; none for a dry run.</summary>
    [Core]
    public string? Id { get; init; }

    /// <summary>What the user calls it.</summary>
    public required string Name { get; init; }

    /// <summary>How its variants stand.</summary>
    public required BatchCounts Counts { get; init; }

    /// <summary>What all were expected to cost.</summary>
    [Core]
    public decimal EstimatedCostUsd { get; init; }

    /// <summary>What they have cost.</summary>
    public decimal CostUsd { get; init; }

    /// <summary>One entry a variant.</summary>
    public required IReadOnlyList<VariantContent> Variants { get; init; }

    /// <summary>A picture of all finished variants, on this machine.</summary>
    [Core]
    [JsonConverter(typeof(OwnTextConverter))]
    public string? ContactSheet { get; init; }

    /// <summary>True if the same call had already asked for this batch; nothing was done or paid again.</summary>
    public bool? Repeated { get; init; }
}
