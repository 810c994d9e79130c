using System.Runtime.InteropServices;

namespace McpI2V.Media.Geometry;

/// <summary>Width and height of a picture in pixels.</summary>
[StructLayout(LayoutKind.Auto)]
public readonly record struct PixelSize(int Width, int Height)
{
    /// <summary>Width divided by height.</summary>
    public double Ratio => (double)Width / Height;

    /// <summary>Width times height.</summary>
    public long Pixels => (long)Width * Height;

    /// <summary>The shorter of the two sides.</summary>
    public int ShortSide => Math.Min(Width, Height);

    /// <summary>The longer of the two sides.</summary>
    public int LongSide => Math.Max(Width, Height);

    /// <summary>The multiple of a number that is nearest to a side: at least the number itself.</summary>
    public static int Multiple(double side, int of) => Math.Max(of, (int)Math.Round(side / of) * of);

    /// <summary>The same size with both sides even, as 4:2:0 video needs.</summary>
    public PixelSize Even() => new(Math.Max(2, (Width + 1) / 2 * 2), Math.Max(2, (Height + 1) / 2 * 2));

    /// <summary>The size scaled to a short side, both sides even.</summary>
    public PixelSize WithShortSide(int shortSide)
    {
        var factor = (double)shortSide / ShortSide;
        return new PixelSize((int)Math.Round(Width * factor), (int)Math.Round(Height * factor)).Even();
    }

    /// <summary>The size scaled so that its longest side is at most <paramref name="longest"/>; never enlarged.</summary>
    public PixelSize Within(int longest)
    {
        var factor = Math.Min(1.0, (double)longest / LongSide);
        return new(Math.Max(1, (int)Math.Round(Width * factor)), Math.Max(1, (int)Math.Round(Height * factor)));
    }

    /// <inheritdoc/>
    public override string ToString() => $"{Width}x{Height}";
}
