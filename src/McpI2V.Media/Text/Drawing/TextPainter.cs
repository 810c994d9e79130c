using McpI2V.Media.Text.Layers;
using McpI2V.Media.Geometry;
using McpI2V.Media.Text.Native;

namespace McpI2V.Media.Text.Drawing;

/// <summary>Draws a block as it was set.</summary>
internal static class TextPainter
{
    // What a scrim hides where the letters' outermost edge is, of what it hides in its middle.
    private const double ScrimAtTheEdge = 0.88;
    private const double ThinnestContour = 0.04;

    /// <summary>How far from its block something may be drawn.</summary>
    public static int Margin(SetBlock block) => (int)Math.Ceiling(1.15 * block.Size);

    /// <summary>How far the plate reaches beyond the letters, to the sides and up and down.</summary>
    public static (double Side, double Up) Padding(TextLook look, SetBlock block) => look.Plate switch
    {
        TextPlate.Block => (0.5 * block.Size, 0.34 * block.Size),
        TextPlate.Pill => (0.72 * block.Size, 0.44 * block.Size),
        _ => (0, 0),
    };

    /// <summary>Draws it.</summary>
    public static PaintedText Paint(Typesetter setter, SetBlock block, TextLook look, TextInk ink, bool marked)
    {
        setter.SetAgain(block);
        var margin = Margin(block);
        var (width, height) = ((int)Math.Ceiling(block.Width) + (2 * margin), (int)Math.Ceiling(block.Height) + (2 * margin));
        var letters = Letters(setter, block, look, ink, ink.Letters, look.GradientFrom(ink.Letters), margin, (width, height));
        return new PaintedText(
            ink.PlateOpacity > 0 ? Plate(block, look, ink, margin, (width, height)) : null,
            letters,
            marked ? Letters(setter, block, look, ink, look.Accent, null, margin, (width, height)) : null,
            margin);
    }

    private static Raster Letters(
        Typesetter setter,
        SetBlock block,
        TextLook look,
        TextInk ink,
        Colour colour,
        Colour? gradient,
        int margin,
        (int Width, int Height) size)
    {
        var glyphs = new Raster(size.Width, size.Height);
        using (var canvas = new Canvas(glyphs))
        {
            Cairo.SetLineJoin(canvas.Context, Cairo.LineJoinRound);
            if (look.Outline > 0)
            {
                canvas.SetColour(look.OutlineColour ?? (ink.IsLight ? new Colour(16, 16, 18) : new Colour(255, 255, 255)));
                Contours(canvas, setter, block, margin, 2 * look.Outline / 100 * block.Size);
            }
            if (gradient is { } into)
            {
                canvas.SetGradient(colour, into, margin, margin + block.Height);
            }
            else
            {
                canvas.SetColour(colour);
            }
            if (look.Hollow)
            {
                Contours(canvas, setter, block, margin, Math.Max(ThinnestContour * block.Size, 1.5));
            }
            else
            {
                for (var i = 0; i < block.Lines.Count; i++)
                {
                    setter.Show(canvas.Context, i, margin + block.Lines[i].Left, margin + block.Lines[i].Baseline);
                }
            }
        }
        if (look.Shadow <= 0 || look.Plate != TextPlate.None || !ink.IsLight)
        {
            return glyphs;
        }
        var whole = new Raster(size.Width, size.Height);
        using (var canvas = new Canvas(whole))
        {
            // A wide one lifts the letters off the picture, a narrow one holds their edges.
            canvas.Lay(glyphs.Shadow(0.2 * block.Size, (0, 0, 0), look.Shadow), 0, 0.03 * block.Size);
            canvas.Lay(glyphs.Shadow(0.045 * block.Size, (0, 0, 0), look.Shadow * 0.8), 0, 0.016 * block.Size);
            canvas.Lay(glyphs);
        }
        return whole;
    }

    private static void Contours(Canvas canvas, Typesetter setter, SetBlock block, int margin, double width)
    {
        Cairo.NewPath(canvas.Context);
        for (var i = 0; i < block.Lines.Count; i++)
        {
            setter.Trace(canvas.Context, i, margin + block.Lines[i].Left, margin + block.Lines[i].Baseline);
        }
        Cairo.SetLineWidth(canvas.Context, width);
        Cairo.Stroke(canvas.Context);
    }

    private static Raster Plate(SetBlock block, TextLook look, TextInk ink, int margin, (int Width, int Height) size)
    {
        var plate = new Raster(size.Width, size.Height);
        if (ink.IsScrim)
        {
            using (var canvas = new Canvas(plate))
            {
                canvas.SetColour(ink.Plate);
                var reach = 0.42 * block.Size;
                PlateShape.Trace(canvas.Context, block, margin, margin, (reach, reach), 0.4 * block.Size, stepped: true);
                Cairo.Fill(canvas.Context);
            }
            var opacity = Math.Min(1, ink.PlateOpacity / ScrimAtTheEdge);
            return plate.Shadow(0.3 * block.Size, (ink.Plate.Red, ink.Plate.Green, ink.Plate.Blue), opacity);
        }
        using (var canvas = new Canvas(plate))
        {
            canvas.SetColour(ink.Plate, ink.PlateOpacity);
            var isPill = look.Plate == TextPlate.Pill;
            var radius = isPill ? 0.9 * block.Size : 0.26 * block.Size;
            PlateShape.Trace(canvas.Context, block, margin, margin, Padding(look, block), radius, stepped: !isPill);
            Cairo.Fill(canvas.Context);
        }
        return plate;
    }
}
