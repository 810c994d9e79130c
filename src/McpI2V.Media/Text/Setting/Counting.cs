using McpI2V.Media.Text.Layers;
using System.Globalization;
using System.Text.RegularExpressions;
using McpI2V.Media.Text.Drawing;
using McpI2V.Media.Text.Moving;

namespace McpI2V.Media.Text.Setting;

/// <summary>A text whose first number counts up from zero.</summary>
internal sealed partial class Counting
{
    private const double Longest = 1.4;
    private readonly Dictionary<string, PaintedText> painted = new(StringComparer.Ordinal);
    private readonly PlacedCue cue;
    private readonly TextLook look;
    private readonly Match number;
    private readonly double target;

    private Counting(PlacedCue cue, TextLook look, Match number, double target)
    {
        (this.cue, this.look, this.number, this.target) = (cue, look, number, target);
        Seconds = Math.Min(Longest, (cue.Cue.End - cue.Cue.Start) * 0.55);
    }

    /// <summary>How long it counts.</summary>
    public double Seconds { get; }

    /// <summary>Prepares it; null if there is no number to count to.</summary>
    public static Counting? Of(PlacedCue cue, TextLook look)
    {
        var number = Numbers().Match(cue.Cue.Text);
        return number.Success && double.TryParse(Plain(number.Value), CultureInfo.InvariantCulture, out var target)
            ? new Counting(cue, look, number, target)
            : null;
    }

    /// <summary>The text as it is at a moment; null once it has counted.</summary>
    public PaintedText? At(double at)
    {
        if (at >= Seconds)
        {
            return null;
        }
        var text = Written(target * Easing.Out(Math.Clamp(at / Seconds, 0, 1)));
        if (!painted.TryGetValue(text, out var now))
        {
            using var setter = new Typesetter(
                cue.Cue.Text[..number.Index] + text + cue.Cue.Text[(number.Index + number.Length)..],
                look);
            var block = setter.Set(cue.Block.Size, cue.Block.WrapWidth, cue.Block.Wrap, cue.Block.Alignment);
            painted[text] = now = TextPainter.Paint(setter, block, look, cue.Ink, marked: false);
        }
        return now;
    }

    // With as many decimals and the same mark between thousands as it was written.
    private string Written(double value)
    {
        var mark = number.Value.LastIndexOfAny(['.', ',']);
        var decimals = mark >= 0 && number.Length - mark - 1 is not 3 ? number.Length - mark - 1 : 0;
        var text = value.ToString((mark >= 0 ? "N" : "F") + decimals.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
        var isComma = mark >= 0 && (decimals > 0) == (number.Value[mark] == ',');
        return isComma ? text.Replace(',', '\u0001').Replace('.', ',').Replace('\u0001', '.') : text;
    }

    private static string Plain(string written)
    {
        var mark = written.LastIndexOfAny(['.', ',']);
        var digits = string.Concat(written.Where(char.IsAsciiDigit));
        return mark >= 0 && written.Length - mark - 1 is not 3 and var decimals ? digits.Insert(digits.Length - decimals, ".") : digits;
    }

    [GeneratedRegex(@"\d{1,9}(?:[.,]\d{1,3})*", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Numbers();
}
