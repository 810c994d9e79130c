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
    public string[] References { get; set; } = [];

    /// <summary>The motion, in words; may be empty where the camera says it all.</summary>
    public string Prompt { get; set; } = "";

    /// <summary>The camera's move, spelt as in the public face.</summary>
    public required string Move { get; init; }

    /// <summary>0 to 1.</summary>
    public double Strength { get; set; } = 0.5;

    /// <summary>The move's easing, spelt as in the public face.</summary>
    public string Easing { get; set; } = "ease_in_out";

    /// <summary>True if the camera was asked for, and not only chosen for want of words.</summary>
    public bool NamesCamera { get; init; }

    /// <summary>The ratio as it was asked for; null: the still's own.</summary>
    public string? AspectRatio { get; init; }

    /// <summary>The resolution as it was asked for; null: the model's usual.</summary>
    public string? Resolution { get; init; }

    /// <summary>The length in seconds; null: the model's usual.</summary>
    public double? DurationSeconds { get; init; }

    /// <summary>Width in pixels.</summary>
    public required int Width { get; init; }

    /// <summary>Height in pixels.</summary>
    public required int Height { get; init; }

    /// <summary>none, native, or an audio handle.</summary>
    public string Audio { get; set; } = "none";

    /// <summary>draft, standard or best.</summary>
    public string Quality { get; set; } = "standard";

    /// <summary>How many takes.</summary>
    public int Count { get; set; } = 1;

    /// <summary>The seed; null: the provider's choice.</summary>
    public long? Seed { get; init; }

    /// <summary>What the provider understands beyond the common arguments.</summary>
    public JsonObject Options { get; set; } = [];
}
