using McpI2V.Media.Formats;

namespace McpI2V.Media.Tests.CutOuts;

/// <summary>
/// A product before a sheet, traced ray by ray, 36 rays a pixel: a bottle of a cylinder with a round cap and a handle, lit from the
/// left, on a sheet whose light falls off, with its soft shadow on it and a camera's noise over everything. How much of each pixel it
/// covers is known.
/// </summary>
internal sealed record TracedProduct(Tint Body, Tint Cap, Tint Sheet)
{
    private const int Rays = 6;

    public int Width { get; init; } = 300;

    public int Height { get; init; } = 400;

    /// <summary>How many levels the camera's noise has.</summary>
    public double Noise { get; init; } = 1.5;

    /// <summary>How dark its shadow is, 0 to 1.</summary>
    public double Shadow { get; init; } = 0.35;

    /// <summary>The photograph, how much of each pixel is product, and the product's own colour there.</summary>
    public (byte[] Rgba, double[] Alpha, Tint[] Own) Trace()
    {
        var chance = new Random(5);
        var (rgba, alpha, own) = (new byte[Width * Height * 4], new double[Width * Height], new Tint[Width * Height]);
        for (var at = 0; at < alpha.Length; at++)
        {
            var (covered, colour) = (0.0, default(Tint));
            for (var ray = 0; ray < Rays * Rays; ray++)
            {
                var x = ((at % Width) + (((ray % Rays) + 0.5) / Rays)) / Width;
                var y = ((at / Width) + (((ray / Rays) + 0.5) / Rays)) / Width;
                if (Hit(x, y) is { } lit)
                {
                    (covered, colour) = (covered + 1, colour + lit);
                }
            }
            (alpha[at], own[at]) = (covered / (Rays * Rays), covered == 0 ? default : colour * (1 / covered));
            var seen = (own[at] * alpha[at]) + (Behind((at % Width) / (double)Width, (at / Width) / (double)Width) * (1 - alpha[at]));
            (rgba[4 * at], rgba[(4 * at) + 1], rgba[(4 * at) + 2], rgba[(4 * at) + 3]) =
                (Level(seen.Red), Level(seen.Green), Level(seen.Blue), 255);
        }
        return (rgba, alpha, own);

        byte Level(double value) => (byte)Math.Clamp(
            Math.Round(value + (Noise * (chance.NextDouble() + chance.NextDouble() + chance.NextDouble() - 1.5) * 2)), 0, 255);
    }

    /// <summary>Writes the photograph.</summary>
    public StillSource Write(string path, byte[] rgba)
    {
        PngFile.WriteRgba(path, Width, Height, rgba);
        return new StillSource(path, MediaFormat.Png, new(Width, Height), 1, HasAlpha: false);
    }

    private Tint? Hit(double x, double y)
    {
        // The cap: a sphere of radius 0.1 at (0.5, 0.3).
        var (cx, cy) = (x - 0.5, y - 0.3);
        if ((cx * cx) + (cy * cy) < 0.01)
        {
            return Lit(Cap, cx / 0.1, cy / 0.1, Math.Sqrt(Math.Max(0, 0.01 - (cx * cx) - (cy * cy))) / 0.1);
        }
        // The body: a cylinder of radius 0.18 from 0.38 to 1.1, with a white label.
        if (Math.Abs(cx) < 0.18 && y is > 0.38 and < 1.1)
        {
            var isLabel = y is > 0.6 and < 0.85;
            return Lit(isLabel ? new Tint(238, 236, 230) : Body, cx / 0.18, 0, Math.Sqrt(1 - (cx * cx / 0.0324)));
        }
        // The handle: a ring beside it.
        var (hx, hy) = (x - 0.7, y - 0.7);
        var ring = Math.Sqrt((hx * hx) + (hy * hy));
        return ring is > 0.09 and < 0.14 ? Lit(Body, 0, 0, Math.Sqrt(Math.Max(0, 1 - Math.Pow((ring - 0.115) / 0.025, 2)))) : null;
    }

    private static Tint Lit(Tint colour, double nx, double ny, double nz)
    {
        var light = Math.Max(0, (-0.5 * nx) - (0.4 * ny) + (0.77 * nz));
        var glint = Math.Pow(Math.Max(0, (-0.3 * nx) - (0.2 * ny) + (0.93 * nz)), 60);
        return (colour * (0.35 + (0.65 * light))) + (new Tint(160, 160, 160) * glint);
    }

    private Tint Behind(double x, double y)
    {
        var fallOff = 1 - (0.12 * (((x - 0.4) * (x - 0.4)) + ((y - 0.6) * (y - 0.6))));
        var (sx, sy) = ((x - 0.53) / 0.26, (y - 1.1) / 0.06);
        return Sheet * (fallOff * (1 - (Shadow * Math.Exp(-(sx * sx) - (sy * sy)))));
    }
}
