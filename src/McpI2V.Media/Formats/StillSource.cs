using McpI2V.Media.Geometry;

namespace McpI2V.Media.Formats;

/// <summary>A still as an input of a render.</summary>
/// <param name="Path">Its file.</param>
/// <param name="Format">Its format.</param>
/// <param name="Size">Its size as it is seen.</param>
/// <param name="Orientation">EXIF orientation, 1 to 8.</param>
/// <param name="HasAlpha">True if some of it is transparent.</param>
public sealed record StillSource(string Path, MediaFormat Format, PixelSize Size, int Orientation, bool HasAlpha);
