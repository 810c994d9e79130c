using System.Collections.Frozen;
using System.Text.RegularExpressions;
using McpI2V.Media;

namespace McpI2V.Engine.Words;

/// <summary>Takes a text apart into what is said in it: by its punctuation in any language, by its conjunctions in English.</summary>
public static partial class Clauses
{
    private const int LongestQuote = 160;
    private const int Hidden = 0xE000;

    // Words that by themselves ask for nothing: articles, pace, what every clip is.
    private static readonly FrozenSet<string> Nothing = """
        a an and are as at be bit but by can could do for from go have i in into is it its just let like little lot make makes me
        much my now of on or our please so some that the their them then there these this to up us very want we with would you your
        ad animate animated animation bring camera cinematic clip clips continuous continuously constant constantly elegant even evenly
        film footage frame framed gentle gently image life look looks motion move movement moves moving natural naturally new one overall
        photo picture pro product professional quiet scene sec secs seconds second shot single slight slightly slow slowly smooth smoothly
        soft softly steady steadily still stays stay remains keep keeps kept centred centered centre center focus focused subject subtle
        subtly take takes thing things version video whole everything all more less
        no yes ok okay again before same other others ones
        push pushes pull pulls pan pans tilt tilts zoom zooms dolly orbit
        """.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    /// <summary>The clauses, in order; what is quoted, or follows "saying", and an address stay in one piece.</summary>
    public static IReadOnlyList<string> Of(string text) =>
    [
        .. Borders().Split(Spoken().Replace(text, spoken => Shift(spoken.Value, Hidden)))
            .Select(clause => Shift(clause, -Hidden).Trim())
            .Where(clause => clause.Length > 0),
    ];

    /// <summary>The clauses that ask for something.</summary>
    public static IReadOnlyList<string> Asking(string text) => [.. Of(text).Where(clause => !SaysNothingMore(clause))];

    /// <summary>True if a text asks for nothing: it is empty, or articles, pace and the like.</summary>
    public static bool SaysNothingMore(string text) => WordPattern().Matches(text).All(word => Nothing.Contains(word.Value));

    /// <summary>Clauses as an answer quotes them: shortened, and marked as the user's.</summary>
    public static string Quote(IEnumerable<string> clauses) => ForeignText.Quote(string.Join(", ", clauses), LongestQuote);

    // Signs and blanks of what is spoken are moved out of the way of the borders, and back.
    private static string Shift(string text, int by) => string.Concat(text.Select(letter =>
        by > 0 ? letter < 0x80 && !char.IsLetterOrDigit(letter) ? (char)(letter + by) : letter
        : letter is >= (char)Hidden and < (char)(Hidden + 0x80) ? (char)(letter + by) : letter));

    [GeneratedRegex(@"[,;:!?\n\r、。，；：！？…]+|\.(?!\d)|\s+(?:and|while|as|then|with|but|whilst|when)\s+|\s[-–—]\s",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Borders();

    [GeneratedRegex("\"[^\"]*\"|\u201c[^\u201d]*\u201d|\u00ab[^\u00bb]*\u00bb|\\d+:\\d+|black[- ]and[- ]white|" +
        "[a-z][a-z0-9+.-]*:[/\\\\]{2}\\S+|" +
        "\\b(?:saying|says|that reads|reading)\\b.*",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Spoken();

    // A letter by itself says nothing in a script of letters; a sign of Chinese, Japanese or Korean does.
    [GeneratedRegex(@"\b(?!\d+(?:s|secs?|fps)?\b)(?=\d*\p{L})[\p{L}\p{M}\p{Nd}']{2,}|" +
        @"[\p{IsCJKUnifiedIdeographs}\p{IsHiragana}\p{IsKatakana}\p{IsHangulSyllables}]")]
    private static partial Regex WordPattern();
}
