using System.Globalization;
using System.Text;
using McpI2V.Media.Text.Drawing;
using McpI2V.Media.Text.Placing;

namespace McpI2V.Media.Text.Setting;

/// <summary>Says what became of a text otherwise than was asked for.</summary>
internal static class TextNotes
{
    private const int LongestQuote = 40;
    private const double MovedAway = 0.1;
    private const double LiesOverIt = 0.22;
    private static readonly string[] ColourEmoji = ["Noto Color Emoji", "Apple Color Emoji", "Segoe UI Emoji", "Twemoji"];

    /// <summary>Each a sentence without its end.</summary>
    public static IEnumerable<string> Of(TextOrder order, TextLayout layout, IReadOnlyList<Typesetter> setters, double? contrast)
    {
        var what = Named(order);
        var families = UserFonts.Families();
        var first = order.Look.Families.Split(',')[0].Trim();
        if (!families.Contains(first))
        {
            yield return $"the typeface {ForeignText.Quote(first, 60)} is not installed here, so {what} was set in another: " +
                "./i2v doctor --fix installs those of the styles, and files of your own go into the folder fonts of the library";
        }
        if (setters.Sum(s => s.Unknown) is > 0 and var unknown)
        {
            yield return $"{unknown} characters of {what} are in no font here and are drawn as boxes; ./i2v doctor --fix installs fonts " +
                "for every script";
        }
        else if (order.Cues.Any(c => c.Text.EnumerateRunes().Any(IsEmoji)) && !ColourEmoji.Any(families.Contains))
        {
            yield return $"emoji of {what} are drawn without colour; ./i2v doctor --fix installs a colour font";
        }
        if (layout.Blocks.Any(b => b.IsTooSmall))
        {
            yield return $"{what} had to be set at {Number(layout.Blocks.Min(b => b.Size), "0")} px to fit, smaller than is read " +
                $"on a phone ({Number(order.Look.Floor * order.Frame.ShortSide / 100, "0")} px): use fewer words, or several texts in turn";
        }
        if (!layout.Place.IsFree)
        {
            yield return $"for {what} no place is left that is clear of other texts and of what platforms lay over a clip; show it at " +
                "another time, or say less";
        }
        else if (layout.Place.Covers > LiesOverIt)
        {
            yield return $"{what} lies over the subject: the frame has no free place for it";
        }
        if (contrast is < Backing.Needed and > 0)
        {
            yield return $"{what} reads at a contrast of {Number(contrast.Value, "0.0")} to 1, below 4.5: give another colour, or a " +
                "style on a plate (boxed, light, pill)";
        }
    }

    /// <summary>Where a text stands that has gone out of the subject's way; null: where it was asked for.</summary>
    public static string? Moved(TextOrder order, TextLayout layout) =>
        layout.Place is { IsFree: true, Covers: <= LiesOverIt } && Math.Abs(layout.Place.Away) > MovedAway
            ? $"{Named(order)} stands {(layout.Place.Away < 0 ? "higher" : "lower")} than {SnakeCase.From(order.Position)}, clear of " +
                "the subject and of other texts"
            : null;

    private static string Named(TextOrder order) => order.Cues.Count > 1
        ? "the captions"
        : ForeignText.Quote(order.Cues[0].Text, LongestQuote) is { Length: > 0 } quoted ? quoted : "the text";

    private static string Number(double value, string format) => value.ToString(format, CultureInfo.InvariantCulture);

    private static bool IsEmoji(Rune rune) => rune.Value is (>= 0x1F300 and <= 0x1FAFF) or 0x2728 or 0x2615 or 0x2B50 or 0x2764;
}
