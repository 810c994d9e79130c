using McpI2V.Media.Geometry;

namespace McpI2V.Media.Text.Placing;

/// <summary>How light what lies behind a text is, at its darkest and its lightest over the whole time.</summary>
/// <param name="Darkest">Relative luminance that a twentieth of the pixels lies below, in the darkest picture.</param>
/// <param name="Lightest">Relative luminance that a twentieth lies above, in the lightest.</param>
internal sealed record Backing(double Darkest, double Lightest)
{
    /// <summary>What a reader of normal sight needs (WCAG 2.2, 1.4.3).</summary>
    public const double Needed = 4.5;

    private static readonly double[] Linear = [.. Enumerable.Range(0, 256).Select(i => ToLinear(i / 255.0))];

    /// <summary>Measures the pixels of an area.</summary>
    public static Backing Of(SmallFrames frames, Area area, double start, double end)
    {
        var (width, height) = (frames.Size.Width, frames.Size.Height);
        var (left, right) = (Within(area.Left, width, Math.Floor), Within(area.Right, width, Math.Ceiling));
        var (top, bottom) = (Within(area.Top, height, Math.Floor), Within(area.Bottom, height, Math.Ceiling));
        var (darkest, lightest) = (1.0, 0.0);
        List<double> seen = [];
        foreach (var index in frames.Between(start, end))
        {
            var rgb = frames.Picture(index);
            seen.Clear();
            for (var y = top; y < Math.Max(bottom, top + 1) && y < height; y++)
            {
                for (var x = left; x < Math.Max(right, left + 1) && x < width; x++)
                {
                    var at = 3 * ((y * width) + x);
                    seen.Add((0.2126 * Linear[rgb[at]]) + (0.7152 * Linear[rgb[at + 1]]) + (0.0722 * Linear[rgb[at + 2]]));
                }
            }
            if (seen.Count == 0)
            {
                continue;
            }
            seen.Sort();
            darkest = Math.Min(darkest, seen[seen.Count / 20]);
            lightest = Math.Max(lightest, seen[seen.Count - 1 - (seen.Count / 20)]);
        }
        return new Backing(Math.Min(darkest, lightest), lightest);
    }

    /// <summary>How letters of a colour stand out from it at the worst, 1 to 21.</summary>
    public double Contrast(Colour letters)
    {
        var light = Luminance(letters);
        return light > Darkest && light < Lightest ? 1 : Math.Min(Ratio(light, Darkest), Ratio(light, Lightest));
    }

    /// <summary>What it becomes when so much of it is hidden by a colour.</summary>
    public Backing Under(Colour plate, double opacity) => new(Mixed(Darkest, plate, opacity), Mixed(Lightest, plate, opacity));

    /// <summary>The relative luminance of a colour.</summary>
    public static double Luminance(Colour colour) =>
        (0.2126 * Linear[colour.Red]) + (0.7152 * Linear[colour.Green]) + (0.0722 * Linear[colour.Blue]);

    private static double Ratio(double one, double other) => (Math.Max(one, other) + 0.05) / (Math.Min(one, other) + 0.05);

    // Layers are mixed in coded values, as ffmpeg mixes them.
    private static double Mixed(double luminance, Colour plate, double opacity) =>
        ToLinear((ToCoded(luminance) * (1 - opacity)) + (ToCoded(Luminance(plate)) * opacity));

    private static double ToLinear(double coded) => coded <= 0.04045 ? coded / 12.92 : Math.Pow((coded + 0.055) / 1.055, 2.4);

    private static double ToCoded(double linear) => linear <= 0.0031308 ? linear * 12.92 : (1.055 * Math.Pow(linear, 1 / 2.4)) - 0.055;

    private static int Within(double share, int length, Func<double, double> round) => Math.Clamp((int)round(share * length), 0, length);
}
