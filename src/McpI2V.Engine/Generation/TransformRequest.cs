using System.Text.Json.Nodes;

namespace McpI2V.Engine.Generation;

/// <summary>A clip that a model makes from a clip, or a sound from words, with every reference resolved to a handle.</summary>
public sealed record TransformRequest
{
    /// <summary>The job kind that carries it.</summary>
    public const string JobKind = "transform";

    /// <summary>video_edit, video_extend, upscale, lip_sync, text_to_speech or sound_effect.</summary>
    public required string Kind { get; init; }

    /// <summary>The clip as the model gets it, by handle: the master. Null for a sound.</summary>
    public string? Clip { get; init; }

    /// <summary>The change, in words.</summary>
    public string Prompt { get; set; } = "";

    /// <summary>Stills that show what is meant, by handle.</summary>
    public string[] References { get; set; } = [];

    /// <summary>A sound to speak to, by handle.</summary>
    public string? Audio { get; init; }

    /// <summary>The length to make or to add, in seconds; null: the model's usual.</summary>
    public double? DurationSeconds { get; init; }

    /// <summary>The resolution; null: the clip's or the model's usual.</summary>
    public string? Resolution { get; init; }

    /// <summary>draft, standard or best.</summary>
    public string Quality { get; set; } = "standard";

    /// <summary>The seed; null: the provider's choice.</summary>
    public long? Seed { get; init; }

    /// <summary>What the provider understands beyond the common arguments.</summary>
    public JsonObject Options { get; set; } = [];
}
