using McpI2V.Media.Formats;
using McpI2V.Media.Geometry;

namespace McpI2V.Media.Previews;

/// <summary>An asset that is to be looked at.</summary>
/// <param name="Path">Its file.</param>
/// <param name="Format">Its format.</param>
/// <param name="Size">Its size as it is seen.</param>
/// <param name="Orientation">EXIF orientation of a still; 1 otherwise.</param>
/// <param name="Duration">A clip's length; zero for a still.</param>
public sealed record PreviewSource(string Path, MediaFormat Format, PixelSize Size, int Orientation, TimeSpan Duration)
{
    /// <summary>How a clip's numbers are to be read.</summary>
    public ColourTags Tags { get; init; } = ColourTags.Standard;

    /// <summary>How long it comes out of black at its beginning: the first moment that shows it lies after that.</summary>
    public TimeSpan FadeIn { get; init; }

    /// <summary>How long it goes into black at its end.</summary>
    public TimeSpan FadeOut { get; init; }
}
