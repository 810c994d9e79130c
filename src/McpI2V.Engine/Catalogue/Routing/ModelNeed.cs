using McpI2V.Media.Ffmpeg;
using McpI2V.Media.Geometry;

namespace McpI2V.Engine.Catalogue.Routing;

/// <summary>What a request needs of a model.</summary>
public sealed record ModelNeed
{
    /// <summary>Typed edits of a clip, which any length and size may go through.</summary>
    public static ModelNeed Operations { get; } = new() { Capability = Capability.VideoOperations };

    /// <summary>What is to be done.</summary>
    public required Capability Capability { get; init; }

    /// <summary>The prompt as it would be sent.</summary>
    public string Prompt { get; init; } = "";

    /// <summary>Length in seconds; null: the model's usual.</summary>
    public double? DurationSeconds { get; init; }

    /// <summary>The ratio; null: the still's own.</summary>
    public string? AspectRatio { get; init; }

    /// <summary>The resolution; null: the model's usual.</summary>
    public string? Resolution { get; init; }

    /// <summary>The size of the still or clip that goes in; null: none does.</summary>
    public PixelSize? InputSize { get; init; }

    /// <summary>True if the input may be fitted to another ratio, as the user asked.</summary>
    public bool FitsInput { get; init; }

    /// <summary>The exact size that is wanted; null: any of the ratio.</summary>
    public PixelSize? ExactSize { get; init; }

    /// <summary>True if a still goes in as the first frame.</summary>
    public bool HasFirst { get; init; }

    /// <summary>True if the clip is to end on a given still.</summary>
    public bool HasLast { get; init; }

    /// <summary>How many reference stills go in.</summary>
    public int References { get; init; }

    /// <summary>True if the model is to make the sound.</summary>
    public bool NativeAudio { get; init; }

    /// <summary>The voice that is to speak; null: any.</summary>
    public string? Voice { get; init; }

    /// <summary>The language that is spoken, as an ISO 639 code; null: not said.</summary>
    public string? Language { get; init; }

    /// <summary>Length of the clip or sound that goes in, in seconds.</summary>
    public double InputSeconds { get; init; }

    /// <summary>True if there is a clip that a sound is made for.</summary>
    public bool HasClip { get; init; }

    /// <summary>How many results are wanted.</summary>
    public int Count { get; init; } = 1;

    /// <summary>What it is for: to look at, or to keep.</summary>
    public EncodeQuality Quality { get; init; } = EncodeQuality.Standard;

    /// <summary>Names in options.</summary>
    public IReadOnlyCollection<string> Options { get; init; } = [];
}
