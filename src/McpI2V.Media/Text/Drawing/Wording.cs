using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace McpI2V.Media.Text.Drawing;

/// <summary>Anybody's text made fit to be set: nothing in it that is not to be seen, no word left alone in the last line.</summary>
internal static partial class Wording
{
    private const char NoBreak = '\u00A0';
    private const int MostMarks = 4;

    /// <summary>Cleans it.</summary>
    public static string Clean(string text, TextCase letters)
    {
        var clean = new StringBuilder(text.Length);
        var (marks, breaks) = (0, 0);
        // A lone half of a surrogate pair comes out as U+FFFD.
        foreach (var rune in text.ReplaceLineEndings("\n").EnumerateRunes())
        {
            var category = Rune.GetUnicodeCategory(rune);
            var isMark = category is UnicodeCategory.NonSpacingMark or UnicodeCategory.EnclosingMark;
            marks = isMark ? marks + 1 : 0;
            if (rune.Value == '\n')
            {
                breaks++;
                clean.Append(breaks <= 2 ? "\n" : "");
                continue;
            }
            if (rune.Value == '\t')
            {
                clean.Append(' ');
                continue;
            }
            if (rune.Value is 0xFFFD or 0xFEFF || category is UnicodeCategory.Control or UnicodeCategory.PrivateUse or
                UnicodeCategory.OtherNotAssigned || marks > MostMarks)
            {
                continue;
            }
            breaks = 0;
            clean.Append(rune.ToString());
        }
        return Together(Hangul().Replace(Cased(clean.ToString().Trim(), letters), "$0\u2060"));
    }

    /// <summary>The text with a line for each of its sentences.</summary>
    public static string BySentence(string text) => SentenceEnds().Replace(text, "$1\n");

    /// <summary>The language by which characters that several share are drawn, and lines broken; null: the system's.</summary>
    public static string? LanguageOf(string text)
    {
        var han = false;
        foreach (var c in text)
        {
            switch (c)
            {
                case >= '\u3040' and <= '\u30FF':
                    return "ja";
                case >= '\uAC00' and <= '\uD7AF':
                    return "ko";
                case >= '\u4E00' and <= '\u9FFF':
                    han = true;
                    break;
                default:
                    break;
            }
        }
        return han ? "zh-cn" : null;
    }

    /// <summary>True if letters of the text hang together, so that no space may come between them.</summary>
    public static bool IsJoined(string text) => text.Any(c => c is (>= '\u0590' and <= '\u08FF') or (>= '\u0900' and <= '\u109F')
        or (>= '\u1780' and <= '\u17FF') or (>= '\uFB50' and <= '\uFDFF') or (>= '\uFE70' and <= '\uFEFC'));

    /// <summary>The words of a text by where they begin and how many characters they have. Where a script has no spaces, two characters are
    /// a word.</summary>
    public static IReadOnlyList<(int At, int Length)> Words(string text)
    {
        List<(int, int)> words = [];
        var at = 0;
        while (at < text.Length)
        {
            while (at < text.Length && char.IsWhiteSpace(text[at]))
            {
                at++;
            }
            var start = at;
            while (at < text.Length && !char.IsWhiteSpace(text[at]))
            {
                at++;
                if (at - start >= 2 && text[start] is >= '\u3000' and <= '\uAC00' && at < text.Length
                    && char.IsLetterOrDigit(text[at]))
                {
                    break;
                }
            }
            if (at > start)
            {
                words.Add((start, at - start));
            }
        }
        return words;
    }

    /// <summary>What a reader sees as single characters.</summary>
    public static IReadOnlyList<(int At, int Length)> Characters(string text)
    {
        List<(int, int)> characters = [];
        for (var at = 0; at < text.Length;)
        {
            var length = StringInfo.GetNextTextElementLength(text, at);
            characters.Add((at, length));
            at += length;
        }
        return characters;
    }

    // Korean parts its lines between words, of which only short ones are kept from parting.
    [GeneratedRegex(@"[\uAC00-\uD7AF](?=[\uAC00-\uD7AF]{1,8}(?![\uAC00-\uD7AF]))", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Hangul();

    // A mark that ends a sentence, and pictures after it, before a capital or a character of a script without capitals.
    [GeneratedRegex(
        @"([.!?…:](?:[ \u00A0][\p{So}\p{Cs}\uFE0F\u200D]+)?)[ ](?=[\p{Lu}\p{Lo}])",
        RegexOptions.None,
        matchTimeoutMilliseconds: 1000)]
    private static partial Regex SentenceEnds();

    private static string Cased(string text, TextCase letters) => letters switch
    {
        TextCase.Upper => text.Replace("ß", "SS", StringComparison.Ordinal).ToUpperInvariant(),
        TextCase.Lower => text.ToLowerInvariant(),
        _ => text,
    };

    // "50% off" and a short last word stay with what they belong to.
    private static string Together(string text) => string.Join('\n', text.Split('\n').Select(paragraph =>
    {
        var words = paragraph.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (words.Length < 3)
        {
            return string.Join(' ', words);
        }
        var line = new StringBuilder(words[0]);
        for (var i = 1; i < words.Length; i++)
        {
            var isNumber = words[i - 1].Length <= 6 && words[i - 1].Any(char.IsDigit) && words[i].Length <= 6;
            var isLast = i == words.Length - 1 && words[i].Length <= 4 && words[i - 1].Length <= 10;
            line.Append(isNumber || isLast ? NoBreak : ' ').Append(words[i]);
        }
        return line.ToString();
    }));
}
