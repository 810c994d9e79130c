using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;
using McpI2V.Media.Formats;

namespace McpI2V.Media.Tests;

/// <summary>
/// Small well-formed files of every format, written byte by byte: 640x480, turned by orientation 6 where the format can say so.
/// </summary>
internal static class Seeds
{
    public static readonly IReadOnlyList<(MediaFormat Format, byte[] Bytes)> Stills =
    [
        (MediaFormat.Jpeg, Jpeg(Exif(6))),
        (MediaFormat.Png, Png([
            Chunk("eXIf", Exif(6)),
            Chunk("zTXt", [.. "Comment\0\0"u8, .. Deflated(1_000)]),
            Chunk("iTXt", [.. "Comment\0\u0001\0en\0x\0"u8, .. Deflated(1_000)]),
        ])),
        (MediaFormat.WebP, WebP("VP8X", [0x08, 0, 0, 0, 0x7F, 0x02, 0, 0xDF, 0x01, 0], Exif(6))),
        (MediaFormat.WebP, WebP("VP8L", [0x2F, 0x7F, 0xC2, 0x77, 0x00, 0, 0, 0, 0, 0], null)),
        (MediaFormat.WebP, WebP("VP8 ", [0, 0, 0, 0x9D, 0x01, 0x2A, 0x80, 0x02, 0xE0, 0x01], null)),
        (MediaFormat.Gif, [.. "GIF89a"u8, 0x80, 0x02, 0xE0, 0x01, 0, 0, 0, 0x3B]),
        (MediaFormat.Bmp, Bmp(640, -480)),
        (MediaFormat.Tiff, Tiff((0x100, 640), (0x101, 480), (0x112, 6))),
    ];

    public static readonly IReadOnlyList<(MediaFormat Format, byte[] Bytes)> Containers =
    [
        (MediaFormat.Mp4, [
            .. Box("ftyp", [.. "isom\0\0\0\0isom"u8]),
            .. Box("moov", [.. Box("mvhd", new byte[100]), .. Box("udta", new byte[40])]),
            .. Box("mdat", new byte[64]),
        ]),
        (MediaFormat.Avif, [.. Box("ftyp", [.. "avif\0\0\0\0avif"u8]), .. Box("meta", new byte[32])]),
        (MediaFormat.Wav, [.. "RIFF"u8, 36, 0, 0, 0, .. "WAVEfmt "u8, 16, 0, 0, 0, .. new byte[16], .. "data"u8, 0, 0, 0, 0]),
        (MediaFormat.WebM, [0x1A, 0x45, 0xDF, 0xA3, 0x84, 0x42, 0x86, 0x81, 0x01, 0x18, 0x53, 0x80, 0x67, 0x84, 1, 2, 3, 4]),
        (MediaFormat.Mp3, [.. "ID3\u0004\0\0\0\0\0\u0010"u8, .. new byte[16], 0xFF, 0xFB, 0x90, 0x00, .. new byte[64]]),
    ];

    public static byte[] Png(IReadOnlyList<byte[]> chunks, uint width = 640, uint height = 480)
    {
        var header = new byte[13];
        BinaryPrimitives.WriteUInt32BigEndian(header, width);
        BinaryPrimitives.WriteUInt32BigEndian(header.AsSpan(4), height);
        header[8] = 8;
        return
        [
            0x89,
            0x50,
            0x4E,
            0x47,
            0x0D,
            0x0A,
            0x1A,
            0x0A,
            .. Chunk("IHDR", header),
            .. chunks.SelectMany(c => c),
            .. Chunk("IDAT", Deflated(100)),
            .. Chunk("IEND", []),
        ];
    }

    public static byte[] Chunk(string name, byte[] content)
    {
        var chunk = new byte[content.Length + 12];
        BinaryPrimitives.WriteInt32BigEndian(chunk, content.Length);
        Encoding.ASCII.GetBytes(name, chunk.AsSpan(4));
        content.CopyTo(chunk, 8);
        return chunk;
    }

    /// <summary>So many zeros, compressed.</summary>
    public static byte[] Deflated(long zeros)
    {
        using var packed = new MemoryStream();
        using (var deflate = new ZLibStream(packed, CompressionLevel.SmallestSize))
        {
            var some = new byte[1 << 20];
            for (var left = zeros; left > 0; left -= some.Length)
            {
                deflate.Write(some, 0, (int)Math.Min(left, some.Length));
            }
        }
        return packed.ToArray();
    }

    public static byte[] Bmp(int width, int height)
    {
        var bmp = new byte[54];
        "BM"u8.CopyTo(bmp);
        bmp[14] = 40;
        BinaryPrimitives.WriteInt32LittleEndian(bmp.AsSpan(18), width);
        BinaryPrimitives.WriteInt32LittleEndian(bmp.AsSpan(22), height);
        return bmp;
    }

    public static byte[] Jpeg(byte[] exif) =>
    [
        0xFF, 0xD8, .. Segment(0xE1, [.. "Exif\0\0"u8, .. exif]), .. Segment(0xE2, [.. "ICC_PROFILE\0"u8, .. new byte[64]]), .. Segment(
            0xDB,
            [0, .. Enumerable.Repeat((byte)16, 64)]),
        .. Segment(0xC0, [8, 0x01, 0xE0, 0x02, 0x80, 1, 1, 0x11, 0]), .. Segment(0xDA, [1, 1, 0, 0, 63, 0]), 1, 2, 3, 0xFF, 0xD9,
    ];

    public static byte[] Exif(ushort orientation) => Tiff((0x112, orientation));

    private static byte[] Tiff(params (ushort Tag, ushort Value)[] entries)
    {
        List<byte> block = [0x49, 0x49, 0x2A, 0, 8, 0, 0, 0, (byte)entries.Length, 0];
        foreach (var (tag, value) in entries)
        {
            block.AddRange([(byte)tag, (byte)(tag >> 8), 3, 0, 1, 0, 0, 0, (byte)value, (byte)(value >> 8), 0, 0]);
        }
        return [.. block, 0, 0, 0, 0];
    }

    private static byte[] WebP(string kind, byte[] content, byte[]? exif)
    {
        byte[] body = [.. "WEBP"u8, .. Riff(kind, content), .. exif is null ? [] : Riff("EXIF", exif)];
        return Riff("RIFF", body);
    }

    private static byte[] Riff(string name, byte[] content)
    {
        var chunk = new byte[8 + content.Length];
        Encoding.ASCII.GetBytes(name, chunk);
        BinaryPrimitives.WriteInt32LittleEndian(chunk.AsSpan(4), content.Length);
        content.CopyTo(chunk, 8);
        return chunk;
    }

    public static byte[] Box(string name, byte[] content)
    {
        var box = new byte[8 + content.Length];
        BinaryPrimitives.WriteInt32BigEndian(box, box.Length);
        Encoding.ASCII.GetBytes(name, box.AsSpan(4));
        content.CopyTo(box, 8);
        return box;
    }

    private static byte[] Segment(byte kind, byte[] content) =>
    [
        0xFF,
        kind,
        (byte)((content.Length + 2) >> 8),
        (byte)(content.Length + 2),
        .. content,
    ];
}
