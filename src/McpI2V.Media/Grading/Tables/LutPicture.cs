using System.Buffers.Binary;
using System.IO.Compression;
using McpI2V.Media.Formats;
using McpI2V.Media.Geometry;

namespace McpI2V.Media.Grading.Tables;

/// <summary>
/// A table of colours kept as a still: a PNG of 16 bit whose pixels are the table, a square of red and green for each step of blue, side
/// by side. So it is imported, found, shown and stored as every other file is.
/// </summary>
public static class LutPicture
{
    private const int FewestPoints = 17;
    private static readonly byte[] Mark = [.. "Comment\0A table of colours, kept by mcp-i2v"u8];

    /// <summary>Makes the picture of a .cube file.</summary>
    /// <exception cref="MediaException">It is damaged, too large or of a kind that is not read; the message says where.</exception>
    public static void Convert(string cubePath, string picturePath)
    {
        if (new FileInfo(cubePath).Length > CubeFile.LongestBytes)
        {
            throw new MediaException(MediaFault.Unreadable,
                $"this .cube file is larger than {CubeFile.LongestBytes / 1_000_000} MB; export it with 33 or 65 points on each side");
        }
        using var text = new StreamReader(cubePath);
        var table = CubeFile.Read(text);
        // No still is smaller than 16 pixels. Between the points of a coarser table lie those of a finer one, unchanged.
        var finer = (int)Math.Ceiling((FewestPoints - 1.0) / (table.Points - 1));
        table = finer <= 1 ? table : ColourTable.Of(((table.Points - 1) * finer) + 1, table.At);
        PngFile.WriteDeep(picturePath, table.Points * table.Points, table.Points, Pixels(table), Mark);
    }

    /// <summary>False of a picture whose size says already that it is no table.</summary>
    internal static bool CouldBe(PixelSize size) => size.Width == size.Height * size.Height && size.Height <= ColourTable.MostPoints;

    /// <summary>Reads a table back.</summary>
    /// <exception cref="MediaException">The picture is another one.</exception>
    internal static ColourTable Read(string path)
    {
        using var file = File.OpenRead(path);
        var parts = new FileParts(file);
        using var packed = new MemoryStream();
        var (isMarked, size) = (false, default(PixelSize));
        foreach (var chunk in PngChunks.ReadFrom(parts))
        {
            if (chunk.Is("IHDR"u8))
            {
                var header = Content(parts, chunk, 13);
                size = new PixelSize(BinaryPrimitives.ReadInt32BigEndian(header), BinaryPrimitives.ReadInt32BigEndian(header.AsSpan(4)));
            }
            else if (chunk.Is("tEXt"u8))
            {
                isMarked |= chunk.Length == Mark.Length && Content(parts, chunk, Mark.Length).AsSpan().SequenceEqual(Mark);
            }
            else if (chunk.Is("IDAT"u8) && isMarked)
            {
                packed.Write(Content(parts, chunk, (int)chunk.Length));
            }
        }
        return isMarked && CouldBe(size) ? Unpacked(packed, size.Height) : throw NoTable();
    }

    /// <summary>What is said of a picture that is no table.</summary>
    internal static MediaException NoTable() => new(
        MediaFault.OutOfRange,
        "file is a picture, and a table of colours is needed: give the path of a .cube file, or the still that one became");

    private static byte[] Pixels(ColourTable table)
    {
        var points = table.Points;
        var pixels = new byte[points * points * points * 6];
        for (var i = 0; i < pixels.Length / 6; i++)
        {
            var (across, green) = (i % (points * points), i / (points * points));
            var from = 3 * ((across % points) + (green * points) + (across / points * points * points));
            for (var channel = 0; channel < 3; channel++)
            {
                var value = (ushort)Math.Round(table.Values[from + channel] * ushort.MaxValue);
                BinaryPrimitives.WriteUInt16BigEndian(pixels.AsSpan((6 * i) + (2 * channel)), value);
            }
        }
        return pixels;
    }

    private static ColourTable Unpacked(MemoryStream packed, int points)
    {
        packed.Position = 0;
        using var inflate = new ZLibStream(packed, CompressionMode.Decompress);
        var values = new float[points * points * points * 3];
        var row = new byte[1 + (points * points * 6)];
        for (var green = 0; green < points; green++)
        {
            inflate.ReadExactly(row);
            for (var i = 0; i < points * points; i++)
            {
                var to = 3 * ((i % points) + (green * points) + (i / points * points * points));
                for (var channel = 0; channel < 3; channel++)
                {
                    values[to + channel] = BinaryPrimitives.ReadUInt16BigEndian(row.AsSpan(1 + (6 * i) + (2 * channel))) / 65_535f;
                }
            }
        }
        return new ColourTable(points, values);
    }

    private static byte[] Content(FileParts parts, PngChunk chunk, int length)
    {
        var content = new byte[length];
        parts.Read(chunk.At, content);
        return content;
    }
}
