using McpI2V.Media.Formats;
using McpI2V.Media.Geometry;

namespace McpI2V.Media.Probing;

/// <summary>What is known of a clip or a sound file by probing it.</summary>
/// <param name="Size">The picture's size as it is seen, rotation applied; zero for sound alone.</param>
/// <param name="Duration">Its length.</param>
/// <param name="FramesPerSecond">Frames a second, averaged; zero for sound alone.</param>
/// <param name="Frames">How many video packets there really are.</param>
/// <param name="VideoCodec">The picture's codec as ffprobe names it; null for sound alone.</param>
/// <param name="AudioCodec">The sound's codec; null without sound.</param>
public sealed record ClipFacts(
    PixelSize Size,
    TimeSpan Duration,
    double FramesPerSecond,
    long Frames,
    string? VideoCodec,
    string? AudioCodec)
{
    /// <summary>How its numbers are to be read.</summary>
    public ColourTags Tags { get; init; } = ColourTags.Standard;
}
