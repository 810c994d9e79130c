using McpI2V.Media.Formats;
using McpI2V.Media.Geometry;

namespace McpI2V.Media.Probing.Headers;

/// <summary>
/// Size and orientation of a still as its header tells them, read in process: nothing is decoded and nothing inflated. A
/// library for metadata would read all of it, and 240 kB of compressed text can be 1.5 GB.
/// </summary>
/// <param name="Stored">The size as it is stored, before orientation.</param>
/// <param name="Orientation">EXIF orientation 1 to 8; 1 where none is told.</param>
internal readonly record struct StillHeader(PixelSize Stored, int Orientation)
{
    private static readonly Dictionary<MediaFormat, Func<FileParts, StillHeader>> Readers = new()
    {
        [MediaFormat.Jpeg] = JpegHeader.Read,
        [MediaFormat.Png] = PngHeader.Read,
        [MediaFormat.WebP] = WebPHeader.Read,
        [MediaFormat.Gif] = GifHeader.Read,
        [MediaFormat.Bmp] = BmpHeader.Read,
        [MediaFormat.Tiff] = TiffBlock.ReadFile,
    };

    /// <summary>The header of a file.</summary>
    /// <exception cref="MediaException">It can't be read or names no size.</exception>
    public static StillHeader Read(string path, MediaFormat format)
    {
        using var file = File.OpenRead(path);
        return Read(file, format);
    }

    /// <summary>The header of a file that is open.</summary>
    /// <exception cref="MediaException">It can't be read or names no size.</exception>
    public static StillHeader Read(Stream file, MediaFormat format) => Readers[format](new FileParts(file));

    /// <summary>A header of a size and an orientation as the file writes them.</summary>
    /// <exception cref="MediaException">It is no size.</exception>
    public static StillHeader FromSize(long width, long height, int orientation = 1) =>
        width is > 0 and <= int.MaxValue && height is > 0 and <= int.MaxValue
        ? new(new PixelSize((int)width, (int)height), orientation is >= 1 and <= 8 ? orientation : 1)
        : throw new MediaException(MediaFault.Unreadable, $"its header says {width}x{height} pixels, which is no size; save it again");
}
