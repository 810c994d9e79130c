using System.Buffers.Binary;
using McpI2V.Media.Formats;

namespace McpI2V.Media.Probing.Headers;

/// <summary>
/// The first directory of a TIFF structure (TIFF 6.0, section 2), which is a TIFF file or the EXIF block of any other: only single numbers
/// in it are read, and nothing it points to.
/// </summary>
internal static class TiffBlock
{
    private const ushort Width = 0x0100;
    private const ushort Height = 0x0101;
    private const ushort Orientation = 0x0112;
    private const ushort Short = 3;
    private const ushort Long = 4;

    // Cameras write about 20 entries into the first directory.
    private const int MostEntries = 1_000;

    public static StillHeader ReadFile(FileParts file)
    {
        long width = 0, height = 0, orientation = 1;
        foreach (var (tag, value) in Numbers(file, 0, file.Length))
        {
            (width, height, orientation) = tag switch
            {
                Width => (value, height, orientation),
                Height => (width, value, orientation),
                Orientation => (width, height, value),
                _ => (width, height, orientation),
            };
        }
        return StillHeader.FromSize(width, height, orientation is >= 1 and <= 8 ? (int)orientation : 1);
    }

    /// <summary>The orientation that an EXIF block names; 1 if it names none or is damaged.</summary>
    public static int OrientationOf(FileParts file, long start, long length) =>
        (int)Numbers(file, start, length)
            .Where(n => n.Tag == Orientation && n.Value is >= 1 and <= 8)
            .Select(n => n.Value)
            .FirstOrDefault(1);

    private static IEnumerable<(ushort Tag, long Value)> Numbers(FileParts file, long start, long length)
    {
        var header = new byte[8];
        if (length < 8 || !file.TryRead(start, header))
        {
            yield break;
        }
        var isLittle = header[0] == 'I';
        long directory = Four(header.AsSpan(4), isLittle);
        var count = new byte[2];
        if (directory > length - 2 || !file.TryRead(start + directory, count))
        {
            yield break;
        }
        var entry = new byte[12];
        var entries = Math.Min(MostEntries, (int)Two(count, isLittle));
        for (var i = 0; i < entries; i++)
        {
            var at = directory + 2 + (i * 12L);
            if (at > length - 12 || !file.TryRead(start + at, entry))
            {
                yield break;
            }
            var kind = Two(entry.AsSpan(2), isLittle);
            if (kind is Short or Long)
            {
                yield return (Two(entry, isLittle), kind == Short ? Two(entry.AsSpan(8), isLittle) : Four(entry.AsSpan(8), isLittle));
            }
        }
    }

    private static ushort Two(ReadOnlySpan<byte> bytes, bool isLittle) =>
        isLittle ? BinaryPrimitives.ReadUInt16LittleEndian(bytes) : BinaryPrimitives.ReadUInt16BigEndian(bytes);

    private static uint Four(ReadOnlySpan<byte> bytes, bool isLittle) =>
        isLittle ? BinaryPrimitives.ReadUInt32LittleEndian(bytes) : BinaryPrimitives.ReadUInt32BigEndian(bytes);
}
