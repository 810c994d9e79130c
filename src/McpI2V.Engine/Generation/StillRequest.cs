using System.Text.Json.Nodes;

namespace McpI2V.Engine.Generation;

/// <summary>A still to be made, with every reference resolved to a handle.</summary>
public sealed record StillRequest
{
    /// <summary>The job kind that carries it.</summary>
    public const string JobKind = "still";

    /// <summary>What it shows.</summary>
    public required string Prompt { get; init; }

    /// <summary>Stills to edit or combine, by handle.</summary>
    public string[] From { get; init; } = [];

    /// <summary>Width in pixels.</summary>
    public required int Width { get; init; }

    /// <summary>Height in pixels.</summary>
    public required int Height { get; init; }

    /// <summary>How many.</summary>
    public int Count { get; init; } = 1;

    /// <summary>The seed; null: the provider's choice.</summary>
    public long? Seed { get; init; }

    /// <summary>What the provider understands beyond the common arguments.</summary>
    public JsonObject Options { get; init; } = [];
}
