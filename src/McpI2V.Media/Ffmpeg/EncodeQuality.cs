namespace McpI2V.Media.Ffmpeg;

/// <summary>How carefully a clip is encoded.</summary>
public enum EncodeQuality
{
    /// <summary>Fast and small, for looking at.</summary>
    Draft,

    /// <summary>The default: visually clean, quick.</summary>
    Standard,

    /// <summary>Slow, for a final.</summary>
    Best,
}
