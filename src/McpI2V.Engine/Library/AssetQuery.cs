using McpI2V.Media.Formats;

namespace McpI2V.Engine.Library;

/// <summary>What to look for in the library; what is empty or null asks for nothing.</summary>
public sealed record AssetQuery
{
    /// <summary>Words that must all be found: in handle, title, prompt, model, operation, note, the texts in the picture, or in those of
    /// what it was made from.</summary>
    public IReadOnlyList<string> Words { get; init; } = [];

    /// <summary>Only this kind.</summary>
    public MediaKind? Kind { get; init; }

    /// <summary>Only what was made from this asset.</summary>
    public AssetHandle? Parent { get; init; }

    /// <summary>Only what this batch made.</summary>
    public long? Batch { get; init; }

    /// <summary>Only what came into the library then or later.</summary>
    public DateTimeOffset? Since { get; init; }

    /// <summary>Only what came into the library before.</summary>
    public DateTimeOffset? Until { get; init; }

    /// <summary>Only what is starred.</summary>
    public bool OnlyStarred { get; init; }

    /// <summary>True for what is hidden or in the bin, and only that.</summary>
    public bool InBin { get; init; }

    /// <summary>At most this many.</summary>
    public int Limit { get; init; } = 20;

    /// <summary>Skipping this many.</summary>
    public int Offset { get; init; }

    /// <summary>The words of a text that is typed into a search.</summary>
    public static IReadOnlyList<string> WordsOf(string? text) =>
        [.. (text ?? "").Split(Between, StringSplitOptions.RemoveEmptyEntries).Distinct().Take(MostWords)];

    private const int MostWords = 12;
    private static readonly char[] Between = [' ', '\t', '\n', ',', '"', '“', '”'];
}
