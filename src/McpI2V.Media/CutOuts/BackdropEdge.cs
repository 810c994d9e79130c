namespace McpI2V.Media.CutOuts;

/// <summary>
/// Looks at what was cut out for a rim of the backdrop: pixels that are nearly all subject and yet have the backdrop's colour.
/// </summary>
internal static class BackdropEdge
{
    private const int Deepest = 12;

    // Nearer to the backdrop than to what lies deeper by that much.
    private const float Nearer = 0.4f;

    /// <summary>The rim's mean width in pixels along the edge, where subject and backdrop differ enough to tell.</summary>
    public static double Of(Photo photo, PlainBackdrop backdrop, byte[] rgba)
    {
        var (sum, count) = (0.0, 0);
        foreach (var (at, step) in Inward(photo, rgba))
        {
            var deep = at + (step * Deepest);
            var own = Seen(backdrop, rgba, deep);
            if (Alpha(rgba, deep) < 250 || own < 24)
            {
                continue;
            }
            var width = 0.0;
            for (var i = 0; i < Deepest && Seen(backdrop, rgba, at + (step * i)) < own * Nearer; i++)
            {
                width += Alpha(rgba, at + (step * i)) / 255.0;
            }
            (sum, count) = (sum + width, count + 1);
        }
        return count == 0 ? 0 : Math.Round(sum / count, 2);
    }

    /// <summary>Every place where a row or a column enters the subject, and the way on.</summary>
    public static IEnumerable<(int At, int Step)> Inward(Photo photo, byte[] rgba)
    {
        for (var y = Deepest + 1; y < photo.Height - Deepest - 1; y++)
        {
            for (var x = Deepest + 1; x < photo.Width - Deepest - 1; x++)
            {
                var at = (y * photo.Width) + x;
                if (Alpha(rgba, at) < 128)
                {
                    continue;
                }
                foreach (var step in new[] { 1, -1, photo.Width, -photo.Width })
                {
                    if (Alpha(rgba, at - step) < 128)
                    {
                        yield return (at, step);
                    }
                }
            }
        }
    }

    private static byte Alpha(byte[] rgba, int at) => rgba[(4 * at) + 3];

    // How far from the backdrop what is shown there is, in levels.
    private static float Seen(PlainBackdrop backdrop, byte[] rgba, int at)
    {
        var (red, green, blue) = backdrop.At(at);
        return Math.Max(
            Math.Abs(rgba[4 * at] - red),
            Math.Max(Math.Abs(rgba[(4 * at) + 1] - green), Math.Abs(rgba[(4 * at) + 2] - blue)));
    }
}
