using McpI2V.Media.Ffmpeg;
using McpI2V.Media.Geometry;

namespace McpI2V.Engine.Catalogue;

/// <summary>A request as one model takes it: every open choice made.</summary>
public sealed record ModelSettings
{
    /// <summary>Length of what comes out, in seconds; 0 for a still.</summary>
    public double DurationSeconds { get; init; }

    /// <summary>The ratio; null where the model follows its input.</summary>
    public string? AspectRatio { get; init; }

    /// <summary>The resolution; null where the model has none.</summary>
    public string? Resolution { get; init; }

    /// <summary>The size in pixels that is expected.</summary>
    public PixelSize Size { get; init; }

    /// <summary>True if the model makes sound along with the picture.</summary>
    public bool NativeAudio { get; init; }

    /// <summary>The voice, as the model names it; null: its usual.</summary>
    public string? Voice { get; init; }

    /// <summary>The language that is spoken, as an ISO 639 code; null: the model hears it from the words.</summary>
    public string? Language { get; init; }

    /// <summary>How many results one request makes.</summary>
    public int Count { get; init; } = 1;

    /// <summary>What it is for: to look at, or to keep.</summary>
    public EncodeQuality Quality { get; init; } = EncodeQuality.Standard;

    /// <summary>Length of the clip or sound that goes in, in seconds.</summary>
    public double InputSeconds { get; init; }

    /// <summary>How many stills go in: frames, references, what is edited.</summary>
    public int InputStills { get; init; }

    /// <summary>Characters of the prompt, for models that are paid by text.</summary>
    public int Characters { get; init; }
}
