namespace McpI2V.Media.CutOuts;

/// <summary>
/// Looks at what was cut out for shadow that came along: a hard one has an edge as a subject has, but shows nothing but the backdrop with
/// less light, and no detail. Before a grey sheet anything grey looks so, and nothing is said.
/// </summary>
internal static class ShadowEdge
{
    private const int From = 3;
    private const int Deepest = 9;
    private const float Hue = 6;
    private const float Flat = 5;
    private const float LeastColour = 18;

    /// <summary>How much of the edge is shadow's, 0 to 1.</summary>
    public static double Of(Photo photo, PlainBackdrop backdrop, byte[] rgba)
    {
        var (shadows, all) = (0, 0);
        foreach (var (at, step) in BackdropEdge.Inward(photo, rgba))
        {
            all++;
            shadows += IsShadow(photo, backdrop, rgba, at, step) ? 1 : 0;
        }
        return all == 0 ? 0 : Math.Round((double)shadows / all, 3);
    }

    private static bool IsShadow(Photo photo, PlainBackdrop backdrop, byte[] rgba, int at, int step)
    {
        var sheet = backdrop.At(at);
        var colour = Math.Max(sheet.Red, Math.Max(sheet.Green, sheet.Blue)) - Math.Min(sheet.Red, Math.Min(sheet.Green, sheet.Blue));
        if (colour < LeastColour)
        {
            return false;
        }
        var first = Lit(photo, backdrop, at + (From * step));
        for (var depth = From; depth <= Deepest; depth++)
        {
            var here = at + (depth * step);
            var lit = Lit(photo, backdrop, here);
            var (red, green, blue) = backdrop.At(here);
            if (rgba[(4 * here) + 3] < 250
                || lit is < 0.35f or > 0.93f
                || Math.Abs(lit - first) * 255 > Flat
                || photo.Distance(here, red * lit, green * lit, blue * lit) > Hue)
            {
                return false;
            }
        }
        return true;
    }

    private static float Lit(Photo photo, PlainBackdrop backdrop, int at)
    {
        var (red, green, blue) = backdrop.At(at);
        return photo.Luma(at) / Math.Max(1, (0.2126f * red) + (0.7152f * green) + (0.0722f * blue));
    }
}
