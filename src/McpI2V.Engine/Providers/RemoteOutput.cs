using McpI2V.Media.Formats;

namespace McpI2V.Engine.Providers;

/// <summary>One result at the provider.</summary>
/// <param name="Kind">What it should be.</param>
/// <param name="Address">Where it can be fetched; it may carry a signature, so it is never stored, shown or logged. Null for bytes that
/// came with the answer.</param>
/// <param name="File">The file in which bytes that came with the answer lie.</param>
/// <param name="Index">Which of the answer's results it is.</param>
public sealed record RemoteOutput(MediaKind Kind, Uri? Address, string? File = null, int Index = 0)
{
    /// <summary>
    /// Where a provider that knows when each word of a sound is spoken writes it, beside where it wrote the sound: subtitles with a time
    /// before each word.
    /// </summary>
    public static string WordsBeside(string path) => path + ".srt";

    /// <summary>Never the address: it may carry a signature.</summary>
    public override string ToString() => $"{Kind} result";
}
