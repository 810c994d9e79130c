using McpI2V.Media.Formats;
using McpI2V.Media.Geometry;

namespace McpI2V.Engine.Providers;

/// <summary>A file that goes to a provider.</summary>
/// <param name="Handle">The asset that it comes from.</param>
/// <param name="Path">Where it lies; fitted to the provider's limits.</param>
/// <param name="Format">Its format.</param>
/// <param name="Bytes">Its length.</param>
/// <param name="Fingerprint">The same for the same bytes: an upload is not repeated.</param>
/// <param name="Size">Its size in pixels; zero for sound.</param>
public sealed record OrderInput(string Handle, string Path, MediaFormat Format, long Bytes, string Fingerprint, PixelSize Size);
