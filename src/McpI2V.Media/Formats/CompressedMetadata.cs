using System.IO.Compression;

namespace McpI2V.Media.Formats;

/// <summary>
/// Refuses a PNG whose compressed texts or colour profile are a bomb. ffmpeg inflates them whole each time it opens the
/// file (libavcodec/pngdec.c, decode_zbuf), so such a file must never come in.
/// </summary>
internal static class CompressedMetadata
{
    /// <summary>The most bytes that all of it may inflate to: the largest colour profiles in use have about 3 MB.</summary>
    public const int MostBytes = 8 << 20;

    // PNG limits a keyword or profile name to 79 bytes; a language tag and a translated keyword may follow in iTXt.
    private const int LongestNames = 512;

    private static ReadOnlySpan<byte> Signature => [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A];

    /// <summary>Throws if it inflates to too much.</summary>
    /// <exception cref="MediaException">It does.</exception>
    public static void RequireModest(FileParts file)
    {
        long left = MostBytes;
        var buffer = new byte[16 << 10];
        var end = 8L;
        foreach (var chunk in PngChunks.ReadFrom(file))
        {
            end = chunk.At + chunk.Length + 4;
            if (CompressedAt(file, chunk) is { } at)
            {
                left -= Inflated(file, at, left, buffer);
            }
            if (left < 0)
            {
                throw new MediaException(MediaFault.Unreadable, $"its compressed texts or colour profile unpack to more " +
                    $"than {MostBytes >> 20} MB; save the picture again without metadata");
            }
        }
        RequireOnePicture(file, end, buffer);
    }

    // ffmpeg goes on to what follows the end: a second picture there is opened like the first.
    private static void RequireOnePicture(FileParts file, long from, byte[] buffer)
    {
        var rest = file.From(from);
        var kept = 0;
        int read;
        while ((read = rest.ReadAtLeast(buffer.AsSpan(kept), buffer.Length - kept, throwOnEndOfStream: false)) > 0)
        {
            var seen = buffer.AsSpan(0, kept + read);
            if (seen.IndexOf(Signature) >= 0)
            {
                throw new MediaException(MediaFault.Unreadable, "it holds more than one picture; save it again as one");
            }
            kept = Math.Min(Signature.Length - 1, seen.Length);
            seen[^kept..].CopyTo(buffer);
        }
    }

    private static long? CompressedAt(FileParts file, PngChunk chunk)
    {
        var isText = chunk.Is("iTXt"u8);
        if (!isText && !chunk.Is("zTXt"u8) && !chunk.Is("iCCP"u8))
        {
            return null;
        }
        Span<byte> names = stackalloc byte[(int)Math.Min(LongestNames, chunk.Length)];
        if (!file.TryRead(chunk.At, names) || names.IndexOf((byte)0) is var name && name < 0)
        {
            throw Nameless();
        }
        if (!isText)
        {
            return chunk.At + name + 2;
        }
        // keyword 0 flag method language 0 translated 0 text
        if (name + 3 > names.Length || names[name + 1] == 0)
        {
            return null;
        }
        var language = names[(name + 3)..].IndexOf((byte)0);
        var translated = language < 0 ? -1 : names[(name + 4 + language)..].IndexOf((byte)0);
        return translated < 0 ? throw Nameless() : chunk.At + name + 5 + language + translated;
    }

    // What can't be measured is not let in: ffmpeg unpacks it all the same.
    private static MediaException Nameless() => new(MediaFault.Unreadable,
        "the name of a compressed text in it has no end; save the picture again without metadata");

    private static long Inflated(FileParts file, long at, long most, byte[] buffer)
    {
        long total = 0;
        try
        {
            using var inflated = new ZLibStream(file.From(at), CompressionMode.Decompress, leaveOpen: true);
            int read;
            while (total <= most && (read = inflated.Read(buffer)) > 0)
            {
                total += read;
            }
        }
        catch (Exception e) when (e is InvalidDataException or IOException)
        {
            // Damaged, or packed with a dictionary (an IOException): ffmpeg leaves it out as well.
        }
        return total;
    }
}
