using McpI2V.Media.Colours;
using McpI2V.Media.Geometry;

namespace McpI2V.Media.Probing;

/// <summary>What is known of a still from its header and one small decode.</summary>
/// <param name="Size">Its size as it is seen, orientation applied.</param>
/// <param name="Orientation">EXIF orientation 1 to 8; 1 is upright.</param>
/// <param name="HasAlpha">True if some of it is transparent.</param>
/// <param name="Look">Sharpness, exposure and compression, measured on a small copy; null: it was not looked at.</param>
public sealed record StillFacts(PixelSize Size, int Orientation, bool HasAlpha, StillStatistics? Look)
{
    /// <summary>Its dominant colours, the largest first; none of one that was not looked at.</summary>
    public IReadOnlyList<ColourShare> Colours => Look?.Colours ?? [];
}
