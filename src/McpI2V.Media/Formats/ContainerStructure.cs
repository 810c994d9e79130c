using System.Buffers.Binary;

namespace McpI2V.Media.Formats;

/// <summary>
/// Checks that a container holds as many bytes as it promises. A faststart MP4 that was cut short still probes with its
/// full duration, so the duration proves nothing; the boxes do.
/// </summary>
public static class ContainerStructure
{
    // moov and cmov
    private const uint Index = 0x6D6F6F76;
    private const uint PackedIndex = 0x636D6F76;

    /// <summary>Throws if the file is shorter than its own structure says.</summary>
    /// <exception cref="MediaException">It is cut short, or its structure makes no sense.</exception>
    public static void RequireWhole(string path, MediaFormat format)
    {
        using var file = File.OpenRead(path);
        RequireWhole(file, format);
    }

    internal static void RequireWhole(Stream file, MediaFormat format)
    {
        if (format.IsBoxed)
        {
            RequireBoxes(new FileParts(file));
        }
        else if (format == MediaFormat.Wav || format == MediaFormat.WebP)
        {
            RequireRiff(new FileParts(file));
        }
        else if (format == MediaFormat.WebM)
        {
            WalkSegment(file);
        }
        else if (format == MediaFormat.Jpeg)
        {
            RequireEndOfImage(file);
        }
        else if (format == MediaFormat.Png)
        {
            CompressedMetadata.RequireModest(new FileParts(file));
        }
    }

    private static void RequireBoxes(FileParts file)
    {
        foreach (var (name, at, end) in Boxes(file, 0, file.Length, isStrict: true))
        {
            // QuickTime of the nineties: the index is packed, and ffmpeg unpacks it whole (libavformat/mov.c, mov_read_cmov).
            if (name == Index && Boxes(file, at, end, isStrict: false).Any(b => b.Name == PackedIndex))
            {
                throw new MediaException(MediaFault.Unreadable,
                    "its index is compressed, which no program has written for twenty years; save it again as MP4");
            }
        }
    }

    private static IEnumerable<(uint Name, long At, long End)> Boxes(FileParts file, long at, long end, bool isStrict)
    {
        var header = new byte[16];
        while (at < end)
        {
            var isThere = file.TryRead(at, header.AsSpan(0, 8));
            long size = BinaryPrimitives.ReadUInt32BigEndian(header);
            var isLong = size == 1 && file.TryRead(at, header);
            size = size == 0 ? end - at : isLong ? (long)BinaryPrimitives.ReadUInt64BigEndian(header.AsSpan(8)) : size;
            if (!isThere || size < 8 || size > end - at)
            {
                // Inside a box some writers end with zeros that are no box.
                var fault = !isThere
                    ? Cut(at + 8, file.Length)
                    : size < 8 ? Damaged(at) : Cut(size > long.MaxValue - at ? long.MaxValue : at + size, file.Length);
                if (isStrict)
                {
                    throw fault;
                }
                yield break;
            }
            yield return (BinaryPrimitives.ReadUInt32BigEndian(header.AsSpan(4)), at + (isLong ? 16 : 8), at + size);
            at += size;
        }
    }

    private static void RequireRiff(FileParts file)
    {
        Span<byte> header = stackalloc byte[8];
        file.Read(0, header);
        var promised = BinaryPrimitives.ReadUInt32LittleEndian(header[4..]);
        // Streamed WAV files carry 0 or all ones for "unknown".
        if (promised is not (0 or uint.MaxValue) && promised + 8L > file.Length + 1)
        {
            throw Cut(promised + 8L, file.Length);
        }
    }

    private static void WalkSegment(Stream file)
    {
        ReadElement(file, out var headerSize);
        if (headerSize > file.Length - file.Position)
        {
            throw Cut(file.Position + headerSize, file.Length);
        }
        file.Position += Math.Max(0, headerSize);
        ReadElement(file, out var segmentSize);
        if (segmentSize >= 0 && file.Position + segmentSize > file.Length)
        {
            throw Cut(file.Position + segmentSize, file.Length);
        }
    }

    private static void ReadElement(Stream file, out long size)
    {
        ReadVariable(file, keepMarker: true);
        size = ReadVariable(file, keepMarker: false);
    }

    private static long ReadVariable(Stream file, bool keepMarker)
    {
        var first = file.ReadByte();
        if (first <= 0)
        {
            throw new MediaException(MediaFault.Unreadable, "its structure is damaged at the start; save it again");
        }
        var length = System.Numerics.BitOperations.LeadingZeroCount((uint)first) - 23;
        long value = keepMarker ? first : first & ((1 << (8 - length)) - 1);
        var allOnes = value == (1 << (8 - length)) - 1;
        for (var i = 1; i < length; i++)
        {
            var next = file.ReadByte();
            allOnes &= next == 0xFF;
            value = (value << 8) | (uint)Math.Max(0, next);
        }
        return allOnes && !keepMarker ? -1 : value;
    }

    private static void RequireEndOfImage(Stream file)
    {
        // Cameras append thumbnails and editors append junk: the marker must be there, not be last.
        var tail = new byte[Math.Min(file.Length, 1 << 20)];
        file.Position = file.Length - tail.Length;
        file.ReadExactly(tail);
        if (tail.AsSpan().LastIndexOf((ReadOnlySpan<byte>)[0xFF, 0xD9]) < 0)
        {
            throw new MediaException(MediaFault.Unreadable, $"the JPEG is cut short: {file.Length} bytes and no end marker; copy or " +
                "save it again");
        }
    }

    private static MediaException Damaged(long at) => new(MediaFault.Unreadable, $"its structure is damaged at byte {at}; save it again");

    private static MediaException Cut(long promised, long actual) =>
        new(MediaFault.Unreadable, $"the file is cut short: it promises {promised} bytes and has {actual}; copy or save it again");
}
