namespace McpI2V.Media.CutOuts;

/// <summary>
/// A photograph without its subject: each row goes on from what is left of the place to what is right of it, so that a horizon runs
/// through.
/// </summary>
internal static class BehindFill
{
    // How much wider than the subject, so that nothing of its edge stays; and how much of a row beside it tells its colour.
    private const int Margin = 90;
    private const int Beside = 60;

    /// <summary>Red, green, blue and full alpha.</summary>
    public static byte[] Of(Photo photo, PlainBackdrop backdrop, bool[] subject)
    {
        var side = Math.Min(photo.Width, photo.Height);
        var wide = BoxMean.Of(Array.ConvertAll(subject, s => s ? 1f : 0), photo.Width, photo.Height, Math.Max(3, side / Margin));
        var rgba = new byte[photo.Pixels * 4];
        for (var channel = 0; channel < 3; channel++)
        {
            var filled = Filled(photo, backdrop, wide, channel, Math.Max(4, side / Beside));
            // Neighbouring rows are told apart by noise alone.
            var smooth = BoxMean.Of(filled, photo.Width, photo.Height, 2);
            for (var at = 0; at < filled.Length; at++)
            {
                rgba[(4 * at) + channel] = (byte)Math.Clamp(MathF.Round(wide[at] > 0 ? smooth[at] : filled[at]), 0, 255);
                rgba[(4 * at) + 3] = 255;
            }
        }
        return rgba;
    }

    private static float[] Filled(Photo photo, PlainBackdrop backdrop, float[] wide, int channel, int beside)
    {
        var filled = new float[photo.Pixels];
        for (var row = 0; row < photo.Pixels; row += photo.Width)
        {
            for (var x = 0; x < photo.Width; x++)
            {
                if (wide[row + x] <= 0)
                {
                    filled[row + x] = photo.Rgb[(3 * (row + x)) + channel];
                    continue;
                }
                var start = x;
                while (x < photo.Width - 1 && wide[row + x + 1] > 0)
                {
                    x++;
                }
                Fill(photo, backdrop, filled, wide, channel, row, start, x, beside);
            }
        }
        return filled;
    }

    private static void Fill(
        Photo photo,
        PlainBackdrop backdrop,
        float[] filled,
        float[] wide,
        int channel,
        int row,
        int from,
        int to,
        int beside)
    {
        var left = Mean(photo, wide, channel, row, Math.Max(0, from - beside), from);
        var right = Mean(photo, wide, channel, row, to + 1, Math.Min(photo.Width, to + 1 + beside));
        for (var x = from; x <= to; x++)
        {
            var share = (x - from + 1f) / (to - from + 2);
            var (red, green, blue) = backdrop.At(row + x);
            filled[row + x] = (left, right) switch
            {
                ({ } one, { } other) => one + ((other - one) * share),
                ({ } one, null) => one,
                (null, { } other) => other,
                _ => channel switch { 0 => red, 1 => green, _ => blue },
            };
        }
    }

    private static float? Mean(Photo photo, float[] wide, int channel, int row, int from, int to)
    {
        var (sum, count) = (0f, 0);
        for (var x = from; x < to; x++)
        {
            if (wide[row + x] <= 0)
            {
                (sum, count) = (sum + photo.Rgb[(3 * (row + x)) + channel], count + 1);
            }
        }
        return count == 0 ? null : sum / count;
    }
}
