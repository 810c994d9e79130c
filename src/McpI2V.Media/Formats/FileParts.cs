namespace McpI2V.Media.Formats;

/// <summary>
/// Reads pieces of a file that is not trusted: never outside it, never more pieces than a real file has, so that a reader
/// that follows the file's own structure always ends.
/// </summary>
internal sealed class FileParts(Stream file)
{
    /// <summary>The most pieces of one file that are looked at: 500 MB of PNG in chunks of 8 kB have 61,000.</summary>
    public const int Most = 200_000;

    private int taken;

    /// <summary>The file's length.</summary>
    public long Length { get; } = file.Length;

    /// <summary>Fills <paramref name="piece"/> from a place in the file; false if it is not all there.</summary>
    /// <exception cref="MediaException">The file is in more pieces than any real one.</exception>
    public bool TryRead(long at, Span<byte> piece)
    {
        if (++taken > Most)
        {
            throw new MediaException(MediaFault.Unreadable, $"its structure is in more than {Most} pieces; save it again");
        }
        if (at < 0 || at > Length - piece.Length)
        {
            return false;
        }
        file.Position = at;
        return file.ReadAtLeast(piece, piece.Length, throwOnEndOfStream: false) == piece.Length;
    }

    /// <summary>Fills <paramref name="piece"/> from a place in the file.</summary>
    /// <exception cref="MediaException">The file ends before.</exception>
    public void Read(long at, Span<byte> piece)
    {
        if (!TryRead(at, piece))
        {
            throw new MediaException(MediaFault.Unreadable,
                $"the file is cut short: byte {at + piece.Length} is asked for and it has {Length}; copy or save it again");
        }
    }

    /// <summary>The bytes from a place on, to be read as a stream.</summary>
    public Stream From(long at)
    {
        file.Position = Math.Clamp(at, 0, Length);
        return file;
    }
}
