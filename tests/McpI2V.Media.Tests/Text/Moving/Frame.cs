using McpI2V.Media.Geometry;

namespace McpI2V.Media.Tests.Text.Moving;

/// <summary>One frame, asked after by what stands on it.</summary>
internal sealed record Frame(ReadOnlyMemory<byte> Rgb, PixelSize Size)
{
    /// <summary>How light its lightest pixel is.</summary>
    public int Lightest => Enumerable.Range(0, Size.Width * Size.Height).Max(i => Light(i));

    /// <summary>The pixels of light letters.</summary>
    public Marks Letters(int lightness = 150) => Where(i => Light(i) > lightness);

    /// <summary>The red pixels.</summary>
    public Marks Red => Where(i => Rgb.Span[3 * i] > 140 && Rgb.Span[(3 * i) + 1] < 90);

    /// <summary>How many of its pixels another frame shows otherwise.</summary>
    public int Unlike(Frame other, int by = 60) =>
        Enumerable.Range(0, Size.Width * Size.Height).Count(i => Math.Abs(Light(i) - other.Light(i)) > by);

    private int Light(int pixel) => Rgb.Span[(3 * pixel) + 1];

    private Marks Where(Func<int, bool> isMark)
    {
        var (count, left, top, right, bottom, down) = (0, int.MaxValue, int.MaxValue, 0, 0, 0.0);
        for (var i = 0; i < Size.Width * Size.Height; i++)
        {
            if (!isMark(i))
            {
                continue;
            }
            var (x, y) = (i % Size.Width, i / Size.Width);
            (count, left, top, right, bottom) = (count + 1, Math.Min(left, x), Math.Min(top, y), Math.Max(right, x), Math.Max(bottom, y));
            down += y;
        }
        return new Marks(count, left, top, right, bottom, count == 0 ? 0 : down / count);
    }
}
