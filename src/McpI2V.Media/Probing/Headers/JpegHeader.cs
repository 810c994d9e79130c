using System.Buffers.Binary;
using McpI2V.Media.Formats;

namespace McpI2V.Media.Probing.Headers;

/// <summary>JPEG (ITU-T T.81, annex B): the frame header, and the orientation of an EXIF segment before it.</summary>
internal static class JpegHeader
{
    private const byte App1 = 0xE1;

    public static StillHeader Read(FileParts file)
    {
        var orientation = 1;
        Span<byte> head = stackalloc byte[6];
        foreach (var (kind, at, length) in JpegSegments.Of(file))
        {
            if (kind == App1 && length > 6 && file.TryRead(at, head) && head.SequenceEqual("Exif\0\0"u8))
            {
                orientation = TiffBlock.OrientationOf(file, at + 6, length - 6);
            }
            else if (IsFrame(kind))
            {
                file.Read(at, head[..5]);
                return StillHeader.FromSize(
                    BinaryPrimitives.ReadUInt16BigEndian(head[3..]),
                    BinaryPrimitives.ReadUInt16BigEndian(head[1..]),
                    orientation);
            }
        }
        throw new MediaException(MediaFault.Unreadable, "its header names no size; save it again");
    }

    private static bool IsFrame(byte kind) => kind is >= 0xC0 and <= 0xCF and not (0xC4 or 0xC8 or 0xCC);
}
