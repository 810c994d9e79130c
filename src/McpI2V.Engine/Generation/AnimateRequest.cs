using System.Text.Json.Nodes;

namespace McpI2V.Engine.Generation;

/// <summary>A clip to be made from a still, with every reference resolved to a handle.</summary>
public sealed record AnimateRequest
{
    /// <summary>The job kind that carries it.</summary>
    public const string JobKind = "animate";

    /// <summary>The first frame, by handle.</summary>
    public required string Image { get; init; }

    /// <summary>The last frame, by handle; null: free.</summary>
    public string? EndImage { get; init; }

    /// <summary>Stills of the subject, by handle.</summary>
    public string[] References { get; init; } = [];

    /// <summary>The motion, in words; may be empty where the camera says it all.</summary>
    public string Prompt { get; init; } = "";

    /// <summary>The camera's move, spelt as in the public face.</summary>
    public required string Move { get; init; }

    /// <summary>0 to 1.</summary>
    public double Strength { get; init; } = 0.5;

    /// <summary>The move's easing, spelt as in the public face.</summary>
    public string Easing { get; init; } = "ease_in_out";

    /// <summary>The length in seconds.</summary>
    public required double DurationSeconds { get; init; }

    /// <summary>Width in pixels.</summary>
    public required int Width { get; init; }

    /// <summary>Height in pixels.</summary>
    public required int Height { get; init; }

    /// <summary>none, native, or an audio handle.</summary>
    public string Audio { get; init; } = "none";

    /// <summary>draft, standard or best.</summary>
    public string Quality { get; init; } = "standard";

    /// <summary>How many takes.</summary>
    public int Count { get; init; } = 1;

    /// <summary>The seed; null: the provider's choice.</summary>
    public long? Seed { get; init; }

    /// <summary>What the provider understands beyond the common arguments.</summary>
    public JsonObject Options { get; init; } = [];
}
