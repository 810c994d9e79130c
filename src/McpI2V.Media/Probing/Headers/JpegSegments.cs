using System.Buffers.Binary;
using McpI2V.Media.Formats;

namespace McpI2V.Media.Probing.Headers;

/// <summary>
/// The segments of a JPEG before its first scan (ITU-T T.81, B.1.1): what each is, where its content lies, how long that is.
/// </summary>
internal static class JpegSegments
{
    private const byte StartOfScan = 0xDA;
    private const byte EndOfImage = 0xD9;

    public static IEnumerable<(byte Kind, long At, int Length)> Of(FileParts file)
    {
        var two = new byte[2];
        long at = 2;
        while (file.TryRead(at, two))
        {
            if (two[0] != 0xFF || two[1] is 0 or 0xFF)
            {
                // Fill bytes, and the strays that some cameras leave between segments.
                at++;
                continue;
            }
            var kind = two[1];
            at += 2;
            if (kind is StartOfScan or EndOfImage)
            {
                yield break;
            }
            if (kind is 0x01 or (>= 0xD0 and <= 0xD8))
            {
                continue;
            }
            if (!file.TryRead(at, two) || BinaryPrimitives.ReadUInt16BigEndian(two) is var length && length < 2)
            {
                yield break;
            }
            yield return (kind, at + 2, length - 2);
            at += length;
        }
    }
}
