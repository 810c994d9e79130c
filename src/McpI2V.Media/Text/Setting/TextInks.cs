using McpI2V.Media.Geometry;
using McpI2V.Media.Text.Drawing;
using McpI2V.Media.Text.Placing;

namespace McpI2V.Media.Text.Setting;

/// <summary>Chooses colours by what lies behind a text: its own, the darker or lighter twin, and where neither reads, a scrim.</summary>
internal static class TextInks
{
    // The encoder takes a little of every edge.
    private const double Aim = Backing.Needed * 1.05;
    private const double Finest = 0.05;
    private static readonly Colour White = new(255, 255, 255);
    private static readonly Colour Ink = new(20, 20, 22);

    /// <summary>Chooses, and tells the contrast at the worst; 0 where nobody has looked.</summary>
    public static (TextInk Ink, double Contrast) Of(TextLook look, Backing? behind)
    {
        if (look.Plate != TextPlate.None)
        {
            var letters = look.Colour ?? (look.PlateColour is { } on && Backing.Luminance(on) > 0.3 ? Ink : White);
            var plate = look.PlateColour ?? (Backing.Luminance(letters) > 0.3 ? Ink : White);
            var opacity = behind is null ? look.PlateOpacity : Opacity(look, letters, plate, behind, look.PlateOpacity);
            return (new TextInk(letters, plate, opacity, false), Contrast(look, letters, behind?.Under(plate, opacity)));
        }
        Colour[] choices = look.Colour is { } own ? [own] : [White, Ink];
        if (behind is null)
        {
            return (new TextInk(choices[0], Ink, 0, false), 0);
        }
        foreach (var letters in choices)
        {
            if (Contrast(look, letters, behind) >= Aim)
            {
                return (new TextInk(letters, Ink, 0, false), Contrast(look, letters, behind));
            }
        }
        var best = choices.Select(letters =>
        {
            var plate = Backing.Luminance(letters) > 0.18 ? new Colour(0, 0, 0) : White;
            var opacity = Opacity(look, letters, plate, behind, Finest);
            return (Ink: new TextInk(letters, plate, opacity, true), Contrast: Contrast(look, letters, behind.Under(plate, opacity)));
        }).MinBy(c => c.Ink.PlateOpacity - (c.Contrast >= Backing.Needed ? 1 : 0));
        return best;
    }

    // As little as makes it readable.
    private static double Opacity(TextLook look, Colour letters, Colour plate, Backing behind, double least)
    {
        for (var opacity = least; opacity < 1; opacity += Finest)
        {
            if (Contrast(look, letters, behind.Under(plate, opacity)) >= Aim)
            {
                return opacity;
            }
        }
        return 1;
    }

    private static double Contrast(TextLook look, Colour letters, Backing? behind) => behind is null
        ? 0
        : look.GradientFrom(letters) is { } into ? Math.Min(behind.Contrast(letters), behind.Contrast(into)) : behind.Contrast(letters);
}
