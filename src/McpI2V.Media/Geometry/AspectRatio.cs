using System.Runtime.InteropServices;

namespace McpI2V.Media.Geometry;

/// <summary>One of the ratios that platforms and models know, spelt width:height.</summary>
[StructLayout(LayoutKind.Auto)]
public readonly record struct AspectRatio(int Width, int Height)
{
    private static readonly AspectRatio[] Known =
    [
        new(9, 16),
        new(16, 9),
        new(1, 1),
        new(4, 5),
        new(5, 4),
        new(3, 4),
        new(4, 3),
        new(21, 9),
    ];

    /// <summary>The allowed spellings.</summary>
    public static string Names => string.Join(", ", Known.Select(r => r.ToString()));

    /// <summary>Every ratio.</summary>
    public static IReadOnlyList<AspectRatio> All => Known;

    /// <summary>Width over height.</summary>
    public double Value => (double)Width / Height;

    /// <summary>The ratio with this spelling.</summary>
    public static bool TryParse(string? text, out AspectRatio ratio)
    {
        var wanted = text?.Trim().Replace('x', ':').Replace('/', ':');
        ratio = Known.FirstOrDefault(r => r.ToString() == wanted);
        return ratio.Width > 0;
    }

    /// <summary>The ratio that a size means: a hundredth beside it is what makers of video round off; null: none.</summary>
    public static AspectRatio? Nearest(PixelSize size)
    {
        foreach (var ratio in Known)
        {
            if (Math.Abs((size.Ratio / ratio.Value) - 1) < 0.01)
            {
                return ratio;
            }
        }
        return null;
    }

    /// <summary>The size at this ratio with a short side, both sides even.</summary>
    public PixelSize SizeWithShortSide(int shortSide) => Width <= Height
        ? new PixelSize(shortSide, (int)Math.Round(shortSide / Value / 2) * 2).Even()
        : new PixelSize((int)Math.Round(shortSide * Value / 2) * 2, shortSide).Even();

    /// <inheritdoc/>
    public override string ToString() => $"{Width}:{Height}";
}
