using System.Text.Json.Serialization;
using McpI2V.Engine.Catalogue;
using McpI2V.Engine.Catalogue.Routing;
using McpI2V.Engine.Library;

namespace McpI2V.Engine.Generation;

/// <summary>A clip that a model makes from a clip, or a sound from words, with every reference resolved to a handle.</summary>
public sealed record TransformRequest : GenerationRequest
{
    /// <summary>The job kind that carries it.</summary>
    public const string JobKind = "transform";

    /// <summary>What is asked of the model.</summary>
    [JsonPropertyName("kind")]
    public required Capability Capability { get; init; }

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

    /// <inheritdoc/>
    [JsonIgnore]
    public override string Kind => JobKind;

    /// <inheritdoc/>
    [JsonIgnore]
    public override RequestInputs Inputs => new() { Clip = Clip, Audio = Audio, References = References };

    /// <inheritdoc/>
    public override ModelNeed Need(MediaLibrary library)
    {
        var clip = Clip is { } handle ? library.Find(handle) : null;
        return new()
        {
            Capability = Capability,
            Prompt = Prompt,
            DurationSeconds = DurationSeconds,
            Resolution = Resolution,
            InputSize = clip?.Size,
            FitsInput = true,
            References = References.Length,
            InputSeconds = Audio is { } sound ? library.Find(sound).Duration.TotalSeconds : clip?.Duration.TotalSeconds ?? 0,
            Quality = Quality,
            Options = [.. Options.Select(o => o.Key)],
        };
    }
}
