using System.Runtime.InteropServices;

namespace McpI2V.Media.Text.Placing;

/// <summary>A part of a frame, in shares of its width and height from the left and from the top.</summary>
[StructLayout(LayoutKind.Auto)]
public readonly record struct Area(double Left, double Top, double Right, double Bottom)
{
    /// <summary>Its height.</summary>
    public double Height => Bottom - Top;

    /// <summary>Its width.</summary>
    public double Width => Right - Left;

    /// <summary>True if both have a point in common.</summary>
    public bool Overlaps(Area other) => Left < other.Right && other.Left < Right && Top < other.Bottom && other.Top < Bottom;

    /// <summary>True if the other lies within it.</summary>
    public bool Holds(Area other) =>
        other.Left >= Left - 1e-9 && other.Right <= Right + 1e-9 && other.Top >= Top - 1e-9 && other.Bottom <= Bottom + 1e-9;

    /// <summary>The same with a rim of so much on each side.</summary>
    public Area Grown(double x, double y) => new(Left - x, Top - y, Right + x, Bottom + y);
}
