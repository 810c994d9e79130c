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
    public string[] From { get; set; } = [];

    /// <summary>The ratio as it was asked for; null: the first picture's own.</summary>
    public string? AspectRatio { get; init; }

    /// <summary>The resolution as it was asked for; null: the model's usual.</summary>
    public string? Resolution { get; init; }

    /// <summary>True if width and height were asked for to the pixel.</summary>
    public bool IsExact { get; init; }

    /// <summary>draft, standard or best.</summary>
    public string Quality { get; set; } = "standard";

    /// <summary>Width in pixels.</summary>
    public required int Width { get; init; }

    /// <summary>Height in pixels.</summary>
    public required int Height { get; init; }

    /// <summary>How many.</summary>
    public int Count { get; set; } = 1;

    /// <summary>The seed; null: the provider's choice.</summary>
    public long? Seed { get; init; }

    /// <summary>What the provider understands beyond the common arguments.</summary>
    public JsonObject Options { get; set; } = [];
}
