using System.Runtime.InteropServices;

namespace McpI2V.Media.Tests.CutOuts;

/// <summary>A colour in levels that may lie between whole ones.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct Tint(double Red, double Green, double Blue)
{
    public static Tint operator +(Tint one, Tint other) => new(one.Red + other.Red, one.Green + other.Green, one.Blue + other.Blue);

    public static Tint operator *(Tint colour, double factor) => new(colour.Red * factor, colour.Green * factor, colour.Blue * factor);
}
