using McpI2V.Media.Text.Layers;
using System.Text;
using McpI2V.Media.Text.Native;

namespace McpI2V.Media.Text.Drawing;

/// <summary>Sets one text by Pango: shaping, both directions, and line breaks in every script.</summary>
internal sealed unsafe class Typesetter : IDisposable
{
    private const int Slanted = 2;
    private readonly Canvas canvas = new(new Raster(1, 1));
    private readonly TextLook look;
    private readonly nint layout;
    private readonly string plain;
    private readonly bool isJoined;
    private string? set;

    /// <summary>Prepares a text; it is cleaned here.</summary>
    public Typesetter(string text, TextLook look)
    {
        (plain, this.look) = (Wording.Clean(text, look.Case), look);
        isJoined = Wording.IsJoined(plain);
        layout = Pango.CreateLayout(canvas.Context);
        var context = Pango.Context(layout);
        var options = Cairo.CreateFontOptions();
        // Unhinted: letters keep their shapes and distances at every size, and do not jump while they move.
        Cairo.SetHintStyle(options, 1);
        Cairo.SetHintMetrics(options, 1);
        Cairo.SetAntialias(options, 2);
        Pango.SetFontOptions(context, options);
        Cairo.DestroyFontOptions(options);
        if (Wording.LanguageOf(plain) is { } language)
        {
            Pango.SetLanguage(context, Pango.Language(language));
        }
        Pango.ContextChanged(layout);
    }

    /// <summary>The text as it is set, soft hyphens among it.</summary>
    public string Text => set ?? plain;

    /// <summary>True if nothing is left of it to be seen.</summary>
    public bool IsEmpty => plain.Length == 0;

    /// <summary>How many characters no font here has.</summary>
    public int Unknown => Pango.UnknownGlyphs(layout);

    /// <summary>Sets it into a width.</summary>
    /// <param name="size">The letters' size in pixels.</param>
    /// <param name="width">The longest line in pixels.</param>
    /// <param name="wrap">Where lines may be broken.</param>
    /// <param name="alignment">Where lines meet.</param>
    public SetBlock Set(double size, double width, TextWrap wrap, TextAlignment alignment)
    {
        Use(wrap switch
        {
            TextWrap.BetweenWords => plain,
            TextWrap.BySentence => Wording.BySentence(plain),
            _ => Hyphens.Soften(plain),
        });
        Style(size);
        Pango.SetWrap(layout, wrap == TextWrap.Anywhere ? Pango.WrapWordChar : Pango.WrapWord);
        Pango.SetWidth(layout, (int)(Math.Max(1, width) * Pango.Scale));
        return Read(size, alignment) with { WrapWidth = width, Wrap = wrap };
    }

    /// <summary>Sets it again as a block was set, so that its lines can be drawn.</summary>
    public void SetAgain(SetBlock block) => Set(block.Size, block.WrapWidth, block.Wrap, block.Alignment);

    /// <summary>Draws a line with the canvas's colour, its baseline beginning at a point.</summary>
    public void Show(nint context, int line, double x, double baseline)
    {
        Cairo.MoveTo(context, x, baseline);
        Pango.ShowLine(context, (nint)Pango.Line(layout, line));
    }

    /// <summary>Adds the contours of a line to the path.</summary>
    public void Trace(nint context, int line, double x, double baseline)
    {
        Cairo.MoveTo(context, x, baseline);
        Pango.LinePath(context, (nint)Pango.Line(layout, line));
    }

    /// <summary>From where to where a stretch of a line's bytes reaches, in pixels from the line's start.</summary>
    public (double From, double To) Reach(int line, int start, int end)
    {
        int first, last;
        var which = Pango.Line(layout, line);
        Pango.IndexToX(which, start, 0, &first);
        Pango.IndexToX(which, end, 0, &last);
        return ((double)Math.Min(first, last) / Pango.Scale, (double)Math.Max(first, last) / Pango.Scale);
    }

    public void Dispose()
    {
        Pango.Release(layout);
        canvas.Dispose();
    }

    private void Use(string text)
    {
        if (set == text)
        {
            return;
        }
        set = text;
        var bytes = Encoding.UTF8.GetBytes(text);
        fixed (byte* first = bytes)
        {
            Pango.SetText(layout, first, bytes.Length);
        }
    }

    private void Style(double size)
    {
        var font = Pango.CreateFont();
        Pango.SetFamily(font, look.Families + ",Inter,DejaVu Sans");
        Pango.SetWeight(font, look.Weight);
        Pango.SetSlant(font, look.Italic ? Slanted : 0);
        Pango.SetSize(font, size * Pango.Scale);
        Pango.SetFont(layout, font);
        Pango.FreeFont(font);
        var attributes = Pango.CreateAttributes();
        if (look.Tracking != 0 && !isJoined)
        {
            Pango.Insert(attributes, Pango.LetterSpacing((int)(look.Tracking / 1000 * size * Pango.Scale)));
        }
        Pango.SetAttributes(layout, attributes);
        Pango.FreeAttributes(attributes);
    }

    private SetBlock Read(double size, TextAlignment alignment)
    {
        var count = Pango.LineCount(layout);
        var rows = new List<(double Left, double Width, double Above, double Below, PangoLine Line)>(count);
        for (var i = 0; i < count; i++)
        {
            PangoRectangle ink, logical;
            var line = Pango.Line(layout, i);
            Pango.LineExtents(line, &ink, &logical);
            rows.Add((
                (double)logical.X / Pango.Scale,
                (double)logical.Width / Pango.Scale,
                ink.Height == 0 ? 0 : (double)-ink.Y / Pango.Scale,
                ink.Height == 0 ? 0 : (double)(ink.Y + ink.Height) / Pango.Scale,
                *line));
        }
        var width = rows.Max(r => r.Width);
        var lines = new List<SetLine>(count);
        var baseline = 0.0;
        for (var i = 0; i < count; i++)
        {
            var row = rows[i];
            // What is tall, a Devanagari vowel sign or a Vietnamese capital, must not touch the line above.
            baseline += i == 0
                ? Math.Max(0.76 * size, row.Above)
                : Math.Max(look.LineHeight * size, rows[i - 1].Below + row.Above + (0.09 * size));
            var left = alignment switch
            {
                TextAlignment.Left => 0,
                TextAlignment.Right => width - row.Width,
                _ => (width - row.Width) / 2,
            };
            lines.Add(new SetLine(
                left - row.Left,
                row.Width,
                baseline,
                row.Above,
                row.Below,
                row.Line.Start,
                row.Line.Length,
                ((row.Line.Flags >> 1) & 7) == 1));
        }
        return new SetBlock(size, lines, width, baseline + Math.Max(0.2 * size, rows[^1].Below))
        {
            WrapWidth = width,
            Wrap = TextWrap.BetweenWords,
            Alignment = alignment,
        };
    }
}
