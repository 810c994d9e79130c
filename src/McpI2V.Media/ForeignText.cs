using System.Buffers;
using System.Globalization;
using System.Net;
using System.Text;
using System.Text.RegularExpressions;

namespace McpI2V.Media;

/// <summary>
/// Makes text that others wrote (providers, callers, file names, titles, captions, metadata, pages) fit for a model and for whoever
/// shows what the model says: nothing in it is a link, a picture, markup, or can't be seen. It stays readable in every language.
/// </summary>
public static partial class ForeignText
{
    private const int MostRounds = 5;
    private const int MostMarks = 4;
    private const char Joiner = '\u200D';
    private const char NonJoiner = '\u200C';

    // Hebrew: Latin, Greek and Cyrillic letters stand by themselves.
    private const int FirstThatJoins = 0x0590;

    // Letters that show as nothing: fillers of Hangul, the blank of Braille.
    private static readonly HashSet<int> Blank = [0x115F, 0x1160, 0x2800, 0x3164, 0xFFA0];

    private static readonly SearchValues<char> Suspicious = SearchValues.Create([
        .. Enumerable.Range(0, 32).Where(c => c != '\n').Select(c => (char)c),
        '\u007F',
        '<',
        '[',
        ']',
        '!',
        '`',
    ]);

    private static readonly SearchValues<string> HostBegins = SearchValues.Create(["www."], StringComparison.OrdinalIgnoreCase);

    private static readonly string[] Schemes = ["data", "javascript", "vbscript", "mailto", "blob", "tel"];

    /// <summary>One line, at most so long: for a title, a name, a value that is shown.</summary>
    public static string Line(string? text, int longest = 240)
    {
        var line = Spaces()
            .Replace(Words(Head(text, longest * 4)), " ")
            .Trim()
            .Replace('"', '\'')
            .Replace('\u201C', '\'')
            .Replace('\u201D', '\'')
            .Replace('\uFF02', '\'');
        return Head(line, longest) is var head && head.Length < line.Length ? head + "..." : line;
    }

    /// <summary>A line in quotes; empty if nothing is left of it.</summary>
    public static string Quote(string? text, int longest = 240) => Line(text, longest) is { Length: > 0 } line ? $"\"{line}\"" : "";

    /// <summary>Words of somebody else, or our own with somebody else's in them: addresses are named by their host alone.</summary>
    public static string Words(string? text) => IsPlain(text) ? text ?? "" : Markup(Addresses(Decoded(Visible(text!))));

    /// <summary>The same, at most so long: the middle of a longer one is left out.</summary>
    public static string Words(string text, int longest) => Words(Shorter(text, longest));

    /// <summary>A whole answer, which has addresses of our own, at most so long: the middle of a longer one is left out.</summary>
    public static string Answer(string text, int longest) =>
        Shorter(text, longest) is var some && IsPlainMarkup(some) ? some : Markup(Visible(some));

    // Decoding can bring back what was taken out: it is decoded until nothing changes, and what is left then can't be.
    private static string Decoded(string text)
    {
        for (var round = 0; text.Contains('&', StringComparison.Ordinal) && round < MostRounds; round++)
        {
            var decoded = Visible(WebUtility.HtmlDecode(text));
            if (decoded == text)
            {
                break;
            }
            text = decoded;
        }
        return Entity().Replace(text, "& ");
    }

    private static string Visible(string text)
    {
        var seen = new StringBuilder(text.Length);
        var runes = text.EnumerateRunes().Where(CanBeSeen).ToArray();
        var (last, marks) = (0, 0);
        for (var i = 0; i < runes.Length; i++)
        {
            var rune = runes[i];
            var next = i + 1 < runes.Length ? runes[i + 1].Value : 0;
            if (rune.Value == '\n')
            {
                seen.Append('\n');
            }
            else if (Rune.IsWhiteSpace(rune) || Blank.Contains(rune.Value))
            {
                seen.Append(' ');
            }
            else if (!IsSeen(rune, last, next))
            {
                continue;
            }
            else if (Rune.GetUnicodeCategory(rune) is UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark
                && !IsSelector(rune.Value)
                && ++marks > MostMarks)
            {
                continue;
            }
            else
            {
                marks = Rune.GetUnicodeCategory(rune) is UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark ? marks : 0;
                seen.Append(rune.ToString());
            }
            last = rune.Value;
        }
        return seen.ToString();
    }

    // Joiners and selectors belong to emoji and to many scripts; anywhere else, and in rows, they carry what nobody sees.
    private static bool IsSeen(Rune rune, int last, int next) => rune.Value switch
    {
        Joiner or NonJoiner => Joins(last) && Joins(next) && !IsSelector(next),
        0xFE0E or 0xFE0F => last is '#' or '*' or (>= '0' and <= '9') or 0x203C or 0x2049
            || (last > 0xA8 && Rune.GetUnicodeCategory(new Rune(last)) is UnicodeCategory.OtherSymbol or UnicodeCategory.MathSymbol),
        var selector when IsSelector(selector) =>
            last is (>= 0x1800 and < 0x180B) or (>= 0x180F and < 0x18B0) or (>= 0x2E80 and < 0xA000) or (>= 0xF900 and < 0xFB00)
                or (>= 0x20000 and < 0x40000),
        _ => true,
    };

    private static bool CanBeSeen(Rune rune) => Rune.IsWhiteSpace(rune)
        || rune.Value is Joiner or NonJoiner
        || IsSelector(rune.Value)
        || rune.Value switch
    {
        // Signs that Arabic and Syriac write around numbers.
        >= 0x0600 and < 0x0900 and not 0x061C => true,
        >= 0xE0000 and <= 0xE0FFF => false,
        _ => Rune.GetUnicodeCategory(rune) is not (UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.PrivateUse
            or UnicodeCategory.Surrogate)
            && (rune.Value & 0xFFFE) != 0xFFFE,
    };

    private static bool Joins(int value) => value >= FirstThatJoins && Rune.IsValid(value) && Rune.GetUnicodeCategory(new Rune(value)) is
        UnicodeCategory.OtherLetter or UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark
        or UnicodeCategory.OtherSymbol or UnicodeCategory.ModifierSymbol;

    private static bool IsSelector(int value) =>
        value is (>= 0xFE00 and <= 0xFE0F) or (>= 0xE0100 and <= 0xE01EF) or (>= 0x180B and <= 0x180F and not 0x180E);

    private static string Addresses(string text)
    {
        text = Address().Replace(
            text,
            found => found.Groups["host"].Value.Split('@')[^1].TrimEnd('.', ',', ';', ')') is { Length: > 0 and < 100 } host
                ? $"(address at {host})"
                : "(an address)");
        return Scheme().Replace(Www().Replace(text, "$0 "), "$0 ");
    }

    private static string Markup(string text) => Definition()
        .Replace(Link().Replace(Image().Replace(Tag().Replace(text, "\u2039"), "$0 "), "$0 "), "$0 ")
        .Replace('`', '\'')
        .Replace('\uFF40', '\'');

    private static bool IsPlain(string? text) => text is null
        || IsPlainMarkup(text)
            && !text.Contains('&', StringComparison.Ordinal)
            && !text.AsSpan().ContainsAny(HostBegins)
            && HasNoAddress(text);

    // Most texts are plain, and an answer has hundreds: a look at their letters spares them the expressions.
    private static bool IsPlainMarkup(string text) => !text.AsSpan().ContainsAny(Suspicious) && Ascii.IsValid(text);

    // A ratio (9:16), a time and a model's id (local:camera) have colons, too.
    private static bool HasNoAddress(string text)
    {
        for (var at = text.IndexOf(':', StringComparison.Ordinal); at >= 0; at = text.IndexOf(':', at + 1))
        {
            var before = text.AsSpan(0, at);
            if (at + 1 < text.Length && text[at + 1] is '/' or '\\')
            {
                return false;
            }
            foreach (var scheme in Schemes)
            {
                if (before.EndsWith(scheme, StringComparison.OrdinalIgnoreCase))
                {
                    return false;
                }
            }
        }
        return true;
    }

    private static string Shorter(string text, int longest)
    {
        if (text.Length <= longest)
        {
            return text;
        }
        var head = Head(text, longest * 2 / 3);
        return $"{head} [...] {text[^(longest - head.Length)..]}";
    }

    private static string Head(string? text, int longest)
    {
        if (text is null || text.Length <= longest)
        {
            return text ?? "";
        }
        return text[..(char.IsHighSurrogate(text[longest - 1]) ? longest - 1 : longest)];
    }

    [GeneratedRegex("&(?=#|lt|gt|amp|quot|[A-Za-z0-9]{1,31};)")]
    private static partial Regex Entity();

    [GeneratedRegex(@"[<\uFF1C\uFE64](?=[\p{L}/!?\uFF0F\uFF01])")]
    private static partial Regex Tag();

    [GeneratedRegex(@"!(?=[\[\uFF3B])")]
    private static partial Regex Image();

    [GeneratedRegex(@"[\]\uFF3D](?=[(\uFF08\[\uFF3B])")]
    private static partial Regex Link();

    // Every end in a line that begins one: which of them a reader takes for it depends on what it takes for a bracket.
    [GeneratedRegex(@"(?:^ {0,3}[\[\uFF3B]|\G(?!^))[^\n]*?[\]\uFF3D](?=[:\uFF1A])", RegexOptions.Multiline)]
    private static partial Regex Definition();

    // Our own resources are no addresses that anything opens by itself.
    [GeneratedRegex(@"(?!i2v:)[A-Za-z][A-Za-z0-9+.-]{1,40}[:\uFF1A][/\\\uFF0F]{2,}(?<host>[^\s/\\?#""'<>()\[\]\uFF0F]*)[^\s""'<>\[\]]*")]
    private static partial Regex Address();

    [GeneratedRegex(@"\b(data|javascript|vbscript|mailto|blob|tel)[:\uFF1A](?=\S)", RegexOptions.IgnoreCase)]
    private static partial Regex Scheme();

    [GeneratedRegex(@"\bwww\.(?=\S)", RegexOptions.IgnoreCase)]
    private static partial Regex Www();

    [GeneratedRegex(@"\s+")]
    private static partial Regex Spaces();
}
