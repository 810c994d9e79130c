using System.Globalization;
using System.Text.RegularExpressions;
using McpI2V.Media.Geometry;

namespace McpI2V.Engine.Words;

/// <summary>Reads how much out of the English words of a wish.</summary>
internal static partial class Amounts
{
    private static readonly string[] Numbers =
        ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"];

    /// <summary>The seconds that are named first; null: none are.</summary>
    public static double? Seconds(string words) => SecondsPattern().Match(words) is { Success: true } found
        ? Number(found.Groups[1].Value)
        : null;

    /// <summary>How many times; null: it is not said.</summary>
    public static double? Times(string words) => TimesPattern().Match(words) is { Success: true } found
        ? Number(found.Groups[1].Value)
        : null;

    /// <summary>True if only a little is asked for.</summary>
    public static bool IsLittle(string words) => LittlePattern().IsMatch(words);

    /// <summary>The ratio that is named.</summary>
    public static string Ratio(string words)
    {
        if (RatioPattern().Match(words) is { Success: true } exact && AspectRatio.TryParse(exact.Value, out var ratio))
        {
            return ratio.ToString();
        }
        return words.Contains("square", StringComparison.OrdinalIgnoreCase) ? "1:1" : WidePattern().IsMatch(words) ? "16:9" : "9:16";
    }

    /// <summary>The platform that is named, as export_clip calls it.</summary>
    public static string Platform(string words)
    {
        bool Says(params string[] names) => names.Any(n => words.Contains(n, StringComparison.OrdinalIgnoreCase));
        return Says("shorts") ? "shorts"
            : Says("youtube") ? "youtube"
            : Says("insta", "reels") ? "reels"
            : Says("facebook") ? "meta_feed"
            : Says("linkedin") ? "linkedin"
            : Says("pinterest") ? "pinterest"
            : Says("snapchat") ? "snapchat"
            : Says("tiktok") ? "tiktok"
            : "x";
    }

    /// <summary>The resolution that is named.</summary>
    public static string Resolution(string words) => ResolutionPattern().Match(words).Value.ToUpperInvariant() switch
    {
        "720P" => "720p",
        "1080P" or "FULL HD" or "FULLHD" => "1080p",
        "1440P" => "1440p",
        _ => "2160p",
    };

    /// <summary>The words that are to be spoken or shown; null: none are quoted.</summary>
    public static string? Spoken(string words)
    {
        var found = SpokenPattern().Match(words);
        return found.Success ? found.Groups.Values.Skip(1).First(g => g.Success).Value.Trim(' ', '"', '\u201c', '\u201d') : null;
    }

    private static double Number(string text) => double.TryParse(text, CultureInfo.InvariantCulture, out var number)
        ? number
        : Math.Max(0, Array.FindIndex(Numbers, n => n.Equals(text, StringComparison.OrdinalIgnoreCase)));

    [GeneratedRegex(@"\b(\d+(?:\.\d+)?|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)[ -]?(?:s|secs?|seconds?)\b", Any)]
    private static partial Regex SecondsPattern();

    [GeneratedRegex(@"\b(\d+(?:\.\d+)?) ?(?:x|times)\b", Any)]
    private static partial Regex TimesPattern();

    [GeneratedRegex(@"\b(bit|little|slight(ly)?|somewhat)\b", Any)]
    private static partial Regex LittlePattern();

    [GeneratedRegex(@"\b\d{1,2}:\d{1,2}\b", Any)]
    private static partial Regex RatioPattern();

    [GeneratedRegex(@"\b(landscape|horizontal(ly)?|widescreen)\b", Any)]
    private static partial Regex WidePattern();

    [GeneratedRegex(@"\b(720p|1080p|1440p|2160p|full ?hd)\b", Any)]
    private static partial Regex ResolutionPattern();

    [GeneratedRegex("\"([^\"]+)\"|\u201c([^\u201d]+)\u201d|\u00ab([^\u00bb]+)\u00bb|'([^']{2,})'(?!\\w)|" +
        "\\b(?:saying|says|that reads|reading)\\b:?\\s*(.+)", Any)]
    private static partial Regex SpokenPattern();

    private const RegexOptions Any = RegexOptions.IgnoreCase | RegexOptions.CultureInvariant;
}
