using System.Runtime.InteropServices;

namespace McpI2V.Media.Grading.Light;

/// <summary>
/// A colour as lightness and two opponent axes in which equal steps look equal, so that more colour keeps its hue: Björn Ottosson, "A
/// perceptual color space for image processing", 2020, with the matrices of 2021-01-25.
/// </summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct OkLab(double Lightness, double A, double B)
{
    private const int Halvings = 14;

    /// <summary>How far from grey.</summary>
    public double Chroma => Math.Sqrt((A * A) + (B * B));

    public static OkLab Of(Rgb light)
    {
        var l = Math.Cbrt((0.4122214708 * light.Red) + (0.5363325363 * light.Green) + (0.0514459929 * light.Blue));
        var m = Math.Cbrt((0.2119034982 * light.Red) + (0.6806995451 * light.Green) + (0.1073969566 * light.Blue));
        var s = Math.Cbrt((0.0883024619 * light.Red) + (0.2817188376 * light.Green) + (0.6299787005 * light.Blue));
        return new OkLab(
            (0.2104542553 * l) + (0.7936177850 * m) - (0.0040720468 * s),
            (1.9779984951 * l) - (2.4285922050 * m) + (0.4505937099 * s),
            (0.0259040371 * l) + (0.7827717662 * m) - (0.8086757660 * s));
    }

    /// <summary>Linear light, which may lie outside what a screen shows.</summary>
    public Rgb ToLight()
    {
        var l = Cube(Lightness + (0.3963377774 * A) + (0.2158037573 * B));
        var m = Cube(Lightness - (0.1055613458 * A) - (0.0638541728 * B));
        var s = Cube(Lightness - (0.0894841775 * A) - (1.2914855480 * B));
        return new Rgb(
            (4.0767416621 * l) - (3.3077115913 * m) + (0.2309699292 * s),
            (-1.2684380046 * l) + (2.6097574011 * m) - (0.3413193965 * s),
            (-0.0041960863 * l) - (0.7034186147 * m) + (1.7076147010 * s));
    }

    /// <summary>
    /// Linear light that a screen shows, as far on the way from another colour, which it shows, to this one as it can. (Not towards grey:
    /// what a screen shows has dents, and a colour in its corner would lose chroma by being asked for a trace more.)
    /// </summary>
    public Rgb ToShownLight(OkLab from)
    {
        var light = ToLight();
        if (IsShown(light))
        {
            return light.Clamped();
        }
        var (low, high) = (0.0, 1.0);
        for (var i = 0; i < Halvings; i++)
        {
            var middle = (low + high) / 2;
            (low, high) = IsShown(Between(from, middle).ToLight()) ? (middle, high) : (low, middle);
        }
        return Between(from, low).ToLight().Clamped();
    }

    /// <summary>The same with its chroma times a number.</summary>
    public OkLab WithChroma(double factor) => this with { A = A * factor, B = B * factor };

    private OkLab Between(OkLab from, double share) => new(
        from.Lightness + ((Lightness - from.Lightness) * share),
        from.A + ((A - from.A) * share),
        from.B + ((B - from.B) * share));

    private static bool IsShown(Rgb light) => light.Lowest >= -0.0005 && light.Highest <= 1.0005;

    private static double Cube(double value) => value * value * value;
}
