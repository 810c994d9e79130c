using System.Globalization;
using System.Text.RegularExpressions;
using McpI2V.Media.Colours;
using McpI2V.Media.Formats;

namespace McpI2V.Engine.Library.Finding;

/// <summary>
/// A reference in words, taken apart by what can be known of it: a handle that is written freely, a moment of a clip, a colour, a kind, a
/// day; the other words must be found. Words that tell nothing are English; in other languages all words must be found.
/// </summary>
internal sealed partial record SpokenReference
{
    private static readonly string[] Fillers =
    [
        "the", "a", "an", "my", "our", "your", "that", "this", "one", "of", "from", "with", "in", "on", "at", "for", "and", "i", "we",
        "you", "it", "made", "which", "has", "is", "was", "please", "use",
    ];

    private static readonly Dictionary<string, MediaKind> Kinds = new(StringComparer.OrdinalIgnoreCase)
    {
        ["clip"] = MediaKind.Clip, ["video"] = MediaKind.Clip, ["film"] = MediaKind.Clip, ["still"] = MediaKind.Still,
        ["photo"] = MediaKind.Still, ["picture"] = MediaKind.Still, ["image"] = MediaKind.Still, ["audio"] = MediaKind.Audio,
        ["sound"] = MediaKind.Audio, ["song"] = MediaKind.Audio, ["music"] = MediaKind.Audio, ["track"] = MediaKind.Audio,
    };

    /// <summary>A handle that is written freely, as "Clip 3".</summary>
    public AssetHandle? Handle { get; private init; }

    /// <summary>The moment of <see cref="Handle"/>'s clip in seconds; infinity: its last frame.</summary>
    public double? AtSeconds { get; private init; }

    /// <summary>The kind that is named.</summary>
    public MediaKind? Kind { get; private init; }

    /// <summary>The day that is named.</summary>
    public (DateTimeOffset From, DateTimeOffset To)? When { get; private init; }

    /// <summary>The colour that is named.</summary>
    public string? Colour { get; private init; }

    /// <summary>The words that must be found.</summary>
    public IReadOnlyList<string> Words { get; private init; } = [];

    /// <summary>True if it speaks of what was given in the chat.</summary>
    public bool IsAttachment { get; private init; }

    /// <summary>True if it asks for the newest.</summary>
    public bool IsNewest { get; private init; }

    /// <summary>True for what can't be a handle, an address or a path, but words.</summary>
    public static bool IsWords(string said) =>
        said.IndexOfAny(['/', '\\', '\0']) < 0
        && !said.StartsWith('~')
        && !said.StartsWith("data:", StringComparison.OrdinalIgnoreCase)
        && !said.StartsWith("upload:", StringComparison.Ordinal)
        && !AssetHandle.TryParse(said, out _)
        && !(said.Any(char.IsWhiteSpace) ? MediaFile() : AnyFile()).IsMatch(said);

    /// <summary>Takes a reference apart.</summary>
    public static SpokenReference Read(string said, SpokenTime times)
    {
        if (Moment().Match(said) is { Success: true } moment && AssetHandle.TryParse(moment.Groups["clip"].Value, out var clip))
        {
            return new SpokenReference { Handle = clip, AtSeconds = Seconds(moment) };
        }
        if (LooseHandle().Match(said) is { Success: true } loose
            && AssetHandle.TryParse($"{loose.Groups[1]}-{loose.Groups[2]}", out var one))
        {
            return new SpokenReference { Handle = one };
        }
        var when = times.FindIn(said);
        var rest = when is var (part, _, _) ? said.Replace(part, " ", StringComparison.Ordinal) : said;
        var isAttachment = Attachment().IsMatch(rest);
        rest = Attachment().Replace(rest, " ");
        var isNewest = Newest().IsMatch(rest);
        rest = Newest().Replace(rest, " ");
        var words = AssetQuery.WordsOf(rest)
            .Select(w => w.Trim('.', ',', '?', '!', ':', ';', '\'', '(', ')'))
            .Where(w => w.Length > 0 && !Fillers.Contains(w, StringComparer.OrdinalIgnoreCase))
            .ToList();
        return new SpokenReference
        {
            When = when is var (_, from, to) ? (from, to) : null,
            IsAttachment = isAttachment,
            IsNewest = isNewest,
            Kind = words.Where(Kinds.ContainsKey).Select(w => (MediaKind?)Kinds[w]).FirstOrDefault(),
            Colour = words.FirstOrDefault(ColourWords.IsWord),
            Words = [.. words.Where(w => !Kinds.ContainsKey(w) && !ColourWords.IsWord(w))],
        };
    }

    private static double Seconds(Match moment)
    {
        if (moment.Groups["edge"] is { Success: true } edge)
        {
            return edge.Value.Equals("last", StringComparison.OrdinalIgnoreCase) ? double.PositiveInfinity : 0;
        }
        var parts = moment.Groups["at"].Value.Replace(',', '.').Split(':');
        return parts.Aggregate(0.0, (sum, p) => (sum * 60) + double.Parse(p, CultureInfo.InvariantCulture));
    }

    [GeneratedRegex(
        @"^(?:the )?(?:(?<edge>first|last) (?:frame|still|picture|image) (?:of|from) (?<clip>clip-\d+)" +
        @"|(?:(?:frame|still|picture|image) (?:of|from) )?(?<clip>clip-\d+)\s*(?:@|\bat\b)\s*(?<at>(?:\d+:)?\d+(?:[.,]\d+)?)" +
        @"\s*(?:s|sec|secs|seconds?)?)$",
        RegexOptions.IgnoreCase)]
    private static partial Regex Moment();

    [GeneratedRegex(@"^(?:the )?(clip|still|audio)[ #-]*(\d+)$", RegexOptions.IgnoreCase)]
    private static partial Regex LooseHandle();

    [GeneratedRegex(
        @"\b(?:attach(?:ed|ment)?|uploaded|pasted|dropped|dragged|(?:just )?sent(?: you)?|(?:in|from) (?:the|this|our) (?:chat|message))\b",
        RegexOptions.IgnoreCase)]
    private static partial Regex Attachment();

    [GeneratedRegex(@"\b(?:newest|latest|most recent|last)\b", RegexOptions.IgnoreCase)]
    private static partial Regex Newest();

    [GeneratedRegex(@"\.[A-Za-z0-9]{2,5}$")]
    private static partial Regex AnyFile();

    [GeneratedRegex(
        @"\.(?:jpe?g|png|webp|gif|bmp|tiff?|avif|heic|mp4|m4v|mov|webm|mkv|avi|mp3|wav|m4a|aac|ogg|flac|srt|vtt|txt|cube)$",
        RegexOptions.IgnoreCase)]
    private static partial Regex MediaFile();
}
