using System.Runtime.InteropServices;

namespace McpI2V.Media.Grading.Light;

/// <summary>Red, green and blue, each 0 to 1; between steps they may lie outside.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct Rgb(double Red, double Green, double Blue)
{
    /// <summary>The brightest of the three.</summary>
    public double Highest => Math.Max(Red, Math.Max(Green, Blue));

    /// <summary>The darkest of the three.</summary>
    public double Lowest => Math.Min(Red, Math.Min(Green, Blue));

    /// <summary>Luminance of linear light, by the primaries that bt709 and sRGB share.</summary>
    public double Luminance => (0.2126 * Red) + (0.7152 * Green) + (0.0722 * Blue);

    /// <summary>The same function of each.</summary>
    public Rgb Each(Func<double, double> function) => new(function(Red), function(Green), function(Blue));

    /// <summary>Each times a number.</summary>
    public Rgb Times(double factor) => new(Red * factor, Green * factor, Blue * factor);

    /// <summary>Each brought into 0 to 1.</summary>
    public Rgb Clamped() => new(Math.Clamp(Red, 0, 1), Math.Clamp(Green, 0, 1), Math.Clamp(Blue, 0, 1));

    /// <summary>On the way to another: 0 is this, 1 the other.</summary>
    public Rgb Towards(Rgb other, double share) => new(
        Red + ((other.Red - Red) * share),
        Green + ((other.Green - Green) * share),
        Blue + ((other.Blue - Blue) * share));
}
