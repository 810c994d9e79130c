using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;

namespace McpI2V.Media.Formats;

/// <summary>Writes pictures of this program's own making as PNG.</summary>
internal static class PngFile
{
    private const int ColourOnly = 2;
    private const int ColourAndAlpha = 6;
    private static readonly byte[] Signature = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A];

    /// <summary>Red, green, blue and alpha, a byte each.</summary>
    public static void WriteRgba(string path, int width, int height, byte[] rgba) =>
        Write(path, width, height, depth: 8, ColourAndAlpha, rgba, width * 4, pixel: 4, comment: []);

    /// <summary>Red, green and blue of 16 bit each, the higher byte first, with a comment as tEXt has it.</summary>
    public static void WriteDeep(string path, int width, int height, byte[] rgb, byte[] comment) =>
        Write(path, width, height, depth: 16, ColourOnly, rgb, width * 6, pixel: 0, comment);

    private static void Write(
        string path,
        int width,
        int height,
        byte depth,
        byte kind,
        byte[] pixels,
        int stride,
        int pixel,
        byte[] comment)
    {
        using var packed = new MemoryStream();
        using (var deflate = new ZLibStream(packed, CompressionLevel.Optimal, leaveOpen: true))
        {
            var row = new byte[1 + stride];
            // Each byte as its difference from the pixel before; 0 writes them as they are.
            row[0] = (byte)(pixel == 0 ? 0 : 1);
            for (var y = 0; y < height; y++)
            {
                var from = pixels.AsSpan(y * stride, stride);
                for (var x = 0; x < stride; x++)
                {
                    row[1 + x] = (byte)(from[x] - (pixel == 0 || x < pixel ? 0 : from[x - pixel]));
                }
                deflate.Write(row);
            }
        }
        var header = new byte[13];
        BinaryPrimitives.WriteInt32BigEndian(header, width);
        BinaryPrimitives.WriteInt32BigEndian(header.AsSpan(4), height);
        (header[8], header[9]) = (depth, kind);
        using var file = File.Create(path);
        file.Write(Signature);
        WriteChunk(file, "IHDR", header);
        if (comment.Length > 0)
        {
            WriteChunk(file, "tEXt", comment);
        }
        WriteChunk(file, "IDAT", packed.ToArray());
        WriteChunk(file, "IEND", []);
    }

    private static void WriteChunk(FileStream file, string name, ReadOnlySpan<byte> content)
    {
        Span<byte> number = stackalloc byte[4];
        BinaryPrimitives.WriteInt32BigEndian(number, content.Length);
        file.Write(number);
        byte[] named = [.. Encoding.ASCII.GetBytes(name), .. content];
        file.Write(named);
        BinaryPrimitives.WriteUInt32BigEndian(number, Crc(named));
        file.Write(number);
    }

    // PNG specification, annex D.
    private static uint Crc(ReadOnlySpan<byte> bytes)
    {
        var crc = uint.MaxValue;
        foreach (var one in bytes)
        {
            crc = (crc >> 8) ^ Remainders[(crc ^ one) & 0xFF];
        }
        return ~crc;
    }

    private static readonly uint[] Remainders = [.. Enumerable.Range(0, 256).Select(n =>
    {
        var crc = (uint)n;
        for (var bit = 0; bit < 8; bit++)
        {
            crc = (crc & 1) == 1 ? 0xEDB88320 ^ (crc >> 1) : crc >> 1;
        }
        return crc;
    })];
}
