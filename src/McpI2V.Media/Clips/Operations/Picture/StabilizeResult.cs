using System.Globalization;
using System.Text;

namespace McpI2V.Media.Clips.Operations.Picture;

/// <summary>What a stabilization found out, as a file: a line of our own, then the motions as vid.stab wrote them.</summary>
internal static class StabilizeResult
{
    private const string Mark = "stabilize";
    private const int LongestLine = 100;

    private static ReadOnlySpan<byte> TextMark => "VID.STAB"u8;

    /// <summary>Writes the file.</summary>
    /// <param name="path">Where to.</param>
    /// <param name="cover">The share of the frame's sides that stays covered.</param>
    /// <param name="motionPath">What vid.stab wrote.</param>
    /// <param name="cancellationToken">Ends the writing.</param>
    public static async Task WriteAsync(string path, double cover, string motionPath, CancellationToken cancellationToken)
    {
        try
        {
            await using var motion = File.OpenRead(motionPath);
            RequireWholeLines(motion);
            await using var result = File.Create(path);
            var line = FormattableString.Invariant($"{Mark} {cover:0.####} {motion.Length}\n");
            await result.WriteAsync(Encoding.ASCII.GetBytes(line), cancellationToken);
            await motion.CopyToAsync(result, cancellationToken);
        }
        catch (IOException e)
        {
            throw new MediaException(
                MediaFault.StorageFull,
                $"What stabilize found out about the clip could not be written ({e.Message}). Free some space and ask again; local " +
                    "renders cost nothing.",
                e);
        }
    }

    /// <summary>True if everything is in it.</summary>
    public static bool IsWhole(string path)
    {
        if (!File.Exists(path))
        {
            return false;
        }
        using var result = File.OpenRead(path);
        return ReadLine(result) is { } line && result.Length - result.Position == line.Bytes;
    }

    /// <summary>Takes out the motions for vid.stab.</summary>
    /// <returns>The share of the frame's sides that stays covered.</returns>
    public static double Unpack(string path, string motionPath)
    {
        using var result = File.OpenRead(path);
        var line = ReadLine(result) ?? throw new InvalidOperationException($"{path} is no result of stabilize");
        using var motion = File.Create(motionPath);
        result.CopyTo(motion);
        return line.Cover;
    }

    // vid.stab does not look whether it could write; it writes lines of text, or bytes from ffmpeg 6 on.
    private static void RequireWholeLines(FileStream motion)
    {
        var start = new byte[TextMark.Length];
        var isText = motion.Read(start) == start.Length && TextMark.SequenceEqual(start);
        motion.Seek(-1, SeekOrigin.End);
        if (isText && motion.ReadByte() != '\n')
        {
            throw new IOException("the motions end in the middle");
        }
        motion.Position = 0;
    }

    private static (double Cover, long Bytes)? ReadLine(FileStream result)
    {
        List<byte> bytes = [];
        int next;
        while ((next = result.ReadByte()) is not (-1 or '\n') && bytes.Count < LongestLine)
        {
            bytes.Add((byte)next);
        }
        return Encoding.ASCII.GetString([.. bytes]).Split(' ') is [Mark, var cover, var length]
            && double.TryParse(cover, CultureInfo.InvariantCulture, out var share)
            && long.TryParse(length, CultureInfo.InvariantCulture, out var motion)
            ? (share, motion)
            : null;
    }
}
