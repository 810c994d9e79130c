using System.Globalization;
using System.Text;
using McpI2V.Media.Geometry;
using McpI2V.Media.Text;

namespace McpI2V.Media.Previews;

/// <summary>What stands under the cells of a contact sheet, as one subtitle file of our own.</summary>
internal static class SheetLabels
{
    private const int FontSize = 13;
    private const int LabelLines = 2;

    // An average letter of Inter at this size, a little wider than it is, so that no label runs into the next cell.
    private const double LetterWidth = FontSize * 0.45;

    public static string Compose(IReadOnlyList<SheetEntry> entries, int columns, PixelSize picture, int labelHeight, PixelSize sheet)
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture,
            $"[Script Info]\nScriptType: v4.00+\nWrapStyle: 2\nPlayResX: {sheet.Width}\nPlayResY: {sheet.Height}\n\n[V4+ Styles]\n");
        text.Append("Format: Name, Fontname, Fontsize, PrimaryColour, Bold, BorderStyle, Outline, Shadow, Alignment, MarginL, MarginR, " +
            "MarginV, Encoding\n");
        text.Append(CultureInfo.InvariantCulture, $"Style: L,Inter,{FontSize},&H00F0F0F0,0,1,0,0,8,0,0,0,1\n");
        text.Append("\n[Events]\nFormat: Layer, Start, End, Style, Text\n");
        var letters = (int)(picture.Width / LetterWidth);
        foreach (var (i, entry) in entries.Index())
        {
            var x = ((i % columns) * picture.Width) + (picture.Width / 2);
            var y = ((i / columns) * (picture.Height + labelHeight)) + picture.Height + 1;
            var lines = string.Join("\\N", Lines(entry.Label, letters).Select(AssDocument.Literal));
            text.Append(CultureInfo.InvariantCulture,
                $"Dialogue: 0,0:00:00.00,9:00:00.00,L,{{\\pos({x},{y})}}{lines}\\N{{\\c&HA0A0A0&}}{AssDocument.Literal(entry.Handle)}\n");
        }
        return text.ToString();
    }

    // Broken between words where there are any; what does not fit is cut.
    private static IEnumerable<string> Lines(string label, int letters)
    {
        var left = label;
        for (var line = 1; line <= LabelLines && left.Length > 0; line++)
        {
            var fits = Fitting(left, letters);
            if (fits == left.Length)
            {
                yield return left;
                yield break;
            }
            if (line == LabelLines)
            {
                yield return left[..Fitting(left, letters - 1)].TrimEnd() + "…";
                yield break;
            }
            var mark = left.LastIndexOf(" · ", fits, StringComparison.Ordinal);
            var space = left.LastIndexOf(' ', fits);
            var end = mark > letters / 2 ? mark : space > 0 ? space : fits;
            yield return left[..end];
            left = left[end..].TrimStart(' ', '·');
        }
    }

    // How much of a text fits into the width of so many letters: those of East Asia and pictures are twice as wide.
    private static int Fitting(string text, int letters)
    {
        var (at, width) = (0, 0);
        foreach (var rune in text.EnumerateRunes())
        {
            width += rune.Value >= 0x2E80 ? 2 : 1;
            if (width > letters)
            {
                break;
            }
            at += rune.Utf16SequenceLength;
        }
        return at;
    }
}
