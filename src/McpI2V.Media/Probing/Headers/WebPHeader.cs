using System.Buffers.Binary;
using McpI2V.Media.Formats;

namespace McpI2V.Media.Probing.Headers;

/// <summary>
/// WebP (RFC 9649): the size of the extended, lossless or lossy chunk that comes first, and the orientation of an EXIF chunk.
/// </summary>
internal static class WebPHeader
{
    public static StillHeader Read(FileParts file)
    {
        Span<byte> first = stackalloc byte[18];
        file.Read(12, first);
        var (width, height) = Size(first);
        return StillHeader.FromSize(width, height, Orientation(file));
    }

    private static (int Width, int Height) Size(ReadOnlySpan<byte> chunk)
    {
        var content = chunk[8..];
        if (chunk.StartsWith("VP8X"u8))
        {
            return (1 + Three(content[4..]), 1 + Three(content[7..]));
        }
        if (chunk.StartsWith("VP8L"u8) && content[0] == 0x2F)
        {
            var bits = BinaryPrimitives.ReadUInt32LittleEndian(content[1..]);
            return (1 + (int)(bits & 0x3FFF), 1 + (int)((bits >> 14) & 0x3FFF));
        }
        if (chunk.StartsWith("VP8 "u8) && content[3..6].SequenceEqual((ReadOnlySpan<byte>)[0x9D, 0x01, 0x2A]))
        {
            return (
                BinaryPrimitives.ReadUInt16LittleEndian(content[6..]) & 0x3FFF,
                BinaryPrimitives.ReadUInt16LittleEndian(content[8..]) & 0x3FFF);
        }
        throw new MediaException(MediaFault.Unreadable, "its header names no size; save it again");
    }

    private static int Orientation(FileParts file)
    {
        Span<byte> header = stackalloc byte[8];
        Span<byte> prefix = stackalloc byte[6];
        long at = 12;
        while (file.TryRead(at, header))
        {
            long length = BinaryPrimitives.ReadUInt32LittleEndian(header[4..]);
            at += 8;
            if (header.StartsWith("EXIF"u8))
            {
                // Some writers keep the prefix that the block has in a JPEG.
                var skip = file.TryRead(at, prefix) && prefix.SequenceEqual("Exif\0\0"u8) ? 6 : 0;
                return TiffBlock.OrientationOf(file, at + skip, length - skip);
            }
            at += length + (length & 1);
        }
        return 1;
    }

    private static int Three(ReadOnlySpan<byte> bytes) => bytes[0] | (bytes[1] << 8) | (bytes[2] << 16);
}
