using McpI2V.Media.Formats;
using McpI2V.Media.Geometry;

namespace McpI2V.Media.Previews;

/// <summary>An asset that is to be looked at.</summary>
/// <param name="Path">Its file.</param>
/// <param name="Format">Its format.</param>
/// <param name="Size">Its size as it is seen.</param>
/// <param name="Orientation">EXIF orientation of a still; 1 otherwise.</param>
/// <param name="Duration">A clip's length; zero for a still.</param>
public sealed record PreviewSource(string Path, MediaFormat Format, PixelSize Size, int Orientation, TimeSpan Duration);
