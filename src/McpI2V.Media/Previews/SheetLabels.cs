using System.Globalization;
using System.Text;
using McpI2V.Media.Geometry;
using McpI2V.Media.Text;

namespace McpI2V.Media.Previews;

/// <summary>The handles under the cells of a contact sheet, as one subtitle file of our own.</summary>
internal static class SheetLabels
{
    public static string Compose(IReadOnlyList<string> labels, int columns, PixelSize picture, int labelHeight, PixelSize sheet)
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture,
            $"[Script Info]\nScriptType: v4.00+\nWrapStyle: 2\nPlayResX: {sheet.Width}\nPlayResY: {sheet.Height}\n\n[V4+ Styles]\n");
        text.Append("Format: Name, Fontname, Fontsize, PrimaryColour, Bold, BorderStyle, Outline, Shadow, Alignment, MarginL, MarginR, " +
            "MarginV, Encoding\n");
        text.Append(CultureInfo.InvariantCulture, $"Style: " +
            $"L,Inter,{labelHeight * 0.56:0.#},&H00F0F0F0,0,1,0,0,5,0,0,0,1\n\n[Events]\nFormat: Layer, Start, End, Style, Text\n");
        for (var i = 0; i < labels.Count; i++)
        {
            var x = ((i % columns) * picture.Width) + (picture.Width / 2);
            var y = ((i / columns) * (picture.Height + labelHeight)) + picture.Height + (labelHeight / 2);
            text.Append(CultureInfo.InvariantCulture,
                $"Dialogue: 0,0:00:00.00,9:00:00.00,L,{{\\pos({x},{y})}}{AssDocument.Literal(labels[i])}\n");
        }
        return text.ToString();
    }
}
