using System.Globalization;
using System.Text;
using McpI2V.Media.Geometry;

namespace McpI2V.Media.Text;

/// <summary>
/// Writes text as an Advanced SubStation file of our own, which libass renders with shaping, both directions and font
/// fallback. A user's text reaches ffmpeg in no other way: inside a filter graph it could read files and make requests.
/// </summary>
internal static class AssDocument
{
    // A notice is read on a phone: 3 % of the height, below the bar that apps lay over the top (TikTok's is 130 px of 1920) and above a
    // title, which begins at a tenth.
    private const double NoticeHeight = 0.03;
    private const double NoticeTop = 0.07;

    /// <summary>Writes the file into the work folder and returns the filter that renders it.</summary>
    public static string WriteFilter(IReadOnlyList<TextCue> cues, PixelSize frame, MediaWork work, string name)
    {
        // ffmpeg runs inside the work folder, so the name needs no escaping on any system.
        var file = name + ".ass";
        File.WriteAllText(work.At(file), Compose(cues, frame), new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));
        return "ass=f=" + file + ":shaping=complex";
    }

    internal static string Compose(IReadOnlyList<TextCue> cues, PixelSize frame)
    {
        var text = new StringBuilder();
        text.Append("[Script Info]\nScriptType: v4.00+\nWrapStyle: 0\nScaledBorderAndShadow: yes\nYCbCr Matrix: TV.709\n");
        text.Append("PlayResX: ").Append(frame.Width).Append("\nPlayResY: ").Append(frame.Height).Append("\n\n[V4+ Styles]\n");
        text.Append("Format: Name, Fontname, Fontsize, PrimaryColour, SecondaryColour, OutlineColour, BackColour, Bold, Italic, " +
            "Underline, StrikeOut, ScaleX, ScaleY, Spacing, Angle, BorderStyle, Outline, Shadow, Alignment, MarginL, MarginR, MarginV, " +
            "Encoding\n");
        foreach (var (style, position) in cues.Select(c => (c.Style, c.Position)).Distinct())
        {
            text.Append(StyleLine(style, position, frame)).Append('\n');
        }
        text.Append("\n[Events]\nFormat: Layer, Start, End, Style, Name, MarginL, MarginR, MarginV, Effect, Text\n");
        foreach (var cue in cues)
        {
            text
                .Append("Dialogue: 0,")
                .Append(Time(cue.Start))
                .Append(',')
                .Append(Time(cue.End))
                .Append(',')
                .Append(StyleName(cue.Style, cue.Position));
            text.Append(",,0,0,0,,").Append(Literal(cue.Text)).Append('\n');
        }
        return text.ToString();
    }

    /// <summary>The text so that libass shows every character of it: no tag opens, no escape is one.</summary>
    internal static string Literal(string text)
    {
        var literal = new StringBuilder(text.Length + 8);
        foreach (var c in text.ReplaceLineEndings("\n").Trim())
        {
            literal.Append(c switch
            {
                '\n' => "\\N",
                '{' => "\\{",
                '}' => "\\}",
                // A word joiner after a backslash keeps \N, \n and \h from being read as escapes.
                '\\' => "\\\u2060",
                _ when char.IsControl(c) => "",
                _ => c.ToString(),
            });
        }
        return literal.ToString();
    }

    private static string StyleLine(TextStyle style, TextPosition position, PixelSize frame)
    {
        var unit = frame.ShortSide / 100.0;
        var (size, bold, primary, outlineColour, back, border, outline, shadow) = style switch
        {
            TextStyle.Boxed => (6.4, 1, "&H00FFFFFF", "&H38181818", "&H38181818", 3, 1.6, 0.0),
            TextStyle.Bold => (9.6, 1, "&H00FFFFFF", "&H00101010", "&H80000000", 1, 0.55, 0.35),
            TextStyle.Light => (6.4, 1, "&H00141414", "&H10F4F4F4", "&H10F4F4F4", 3, 1.6, 0.0),
            TextStyle.Caption => (5.2, 1, "&H00FFFFFF", "&H00101010", "&H80000000", 1, 0.4, 0.2),
            TextStyle.Small => (NoticeHeight * frame.Height / unit, 0, "&H00FFFFFF", "&H38181818", "&H38181818", 3, 0.5, 0.0),
            _ => (7.0, 1, "&H00FFFFFF", "&H90101010", "&H70000000", 1, 0.25, 0.3),
        };
        var alignment = position switch { TextPosition.Top => 8, TextPosition.Center => 5, _ => 2 };
        var marginY = (style, position) switch
        {
            (TextStyle.Small, TextPosition.Top) => NoticeTop * frame.Height,
            (TextStyle.Small, _) => 2 * unit,
            (_, TextPosition.Top) => 0.10 * frame.Height,
            _ => 0.16 * frame.Height,
        };
        return string.Create(CultureInfo.InvariantCulture,
            $"Style: {StyleName(style, position)},Inter,{size * unit:0.##},{primary},{primary},{outlineColour},{back},{-bold},0,0,0,100," +
                $"100,0,0,{border},{outline * unit:0.##},{shadow * unit:0.##},{alignment},{7 * unit:0},{7 * unit:0},{marginY:0},1");
    }

    private static string StyleName(TextStyle style, TextPosition position) => $"{style}{position}";

    private static string Time(TimeSpan time) => string.Create(
        CultureInfo.InvariantCulture,
        $"{(int)time.TotalHours}:{time.Minutes:00}:{time.Seconds:00}.{time.Milliseconds / 10:00}");
}
