using McpI2V.Media.Geometry;

namespace McpI2V.Media.Colours;

/// <summary>Finds the few colours that a picture is remembered by.</summary>
public static class DominantColours
{
    private const int Most = 6;
    private const double LeastShare = 0.05;

    // Colours nearer than this, in steps of red, green and blue together, are one to the eye that remembers a picture.
    private const int SameWithin = 60;

    /// <summary>The dominant colours of some pixels, the largest first; none if there are no pixels.</summary>
    public static IReadOnlyList<ColourShare> Of(IEnumerable<Colour> pixels)
    {
        var bins = new (long Red, long Green, long Blue, int Count)[4096];
        var total = 0;
        foreach (var (red, green, blue) in pixels)
        {
            ref var bin = ref bins[((red >> 4) << 8) | ((green >> 4) << 4) | (blue >> 4)];
            bin = (bin.Red + red, bin.Green + green, bin.Blue + blue, bin.Count + 1);
            total++;
        }
        List<(long Red, long Green, long Blue, int Count)> groups = [];
        foreach (var bin in bins.Where(b => b.Count > 0).OrderByDescending(b => b.Count))
        {
            var at = groups.FindIndex(g => Distance(Mean(g), Mean(bin)) < SameWithin);
            if (at < 0)
            {
                groups.Add(bin);
            }
            else
            {
                var g = groups[at];
                groups[at] = (g.Red + bin.Red, g.Green + bin.Green, g.Blue + bin.Blue, g.Count + bin.Count);
            }
        }
        return
        [
            .. groups.Where(g => g.Count >= total * LeastShare)
                .OrderByDescending(g => g.Count)
                .Take(Most)
                .Select(g => new ColourShare(Mean(g), (int)Math.Round(100.0 * g.Count / total))),
        ];
    }

    /// <summary>The visible pixels of 4:4:4:4 planes in bt601 and limited range, as ffmpeg decodes stills to, at most some thousand of
    /// them.</summary>
    internal static IEnumerable<Colour> Visible(byte[] planes, int pixels)
    {
        var step = Math.Max(1, pixels / 20_011);
        for (var i = 0; i < pixels; i += step)
        {
            if (planes[(pixels * 3) + i] >= 128)
            {
                var (y, b, r) = (1.164 * (planes[i] - 16), planes[pixels + i] - 128, planes[(pixels * 2) + i] - 128);
                yield return new Colour(Byte(y + (1.596 * r)), Byte(y - (0.392 * b) - (0.813 * r)), Byte(y + (2.017 * b)));
            }
        }
    }

    private static Colour Mean((long Red, long Green, long Blue, int Count) group) =>
        new((byte)(group.Red / group.Count), (byte)(group.Green / group.Count), (byte)(group.Blue / group.Count));

    internal static int Distance(Colour a, Colour b) =>
        Math.Abs(a.Red - b.Red) + Math.Abs(a.Green - b.Green) + Math.Abs(a.Blue - b.Blue);

    private static byte Byte(double value) => (byte)Math.Clamp(Math.Round(value), 0, 255);
}
