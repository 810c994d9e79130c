using McpI2V.Media.Geometry;

namespace McpI2V.Media.Camera.Rendering;

/// <summary>
/// What grounds a cut-out: a soft pool of shadow under all of it and a dark line where its foot stands. It is a part of the cut-out's own
/// picture, so it goes where that goes.
/// </summary>
internal static class ContactShadow
{
    /// <summary>How much empty edge it needs, as a share of the cut-out's sides.</summary>
    public const double Room = 0.12;

    private const byte Seen = 40;
    private const int Black = 16;

    // The foot is what stands in the lowest part of the subject.
    private const double FootPart = 0.02;

    /// <summary>Darkens what lies under a premultiplied cut-out.</summary>
    public static void Lay(Span<byte> luma, Span<byte> alpha, PixelSize size)
    {
        var (left, right, top, bottom) = Bounds(alpha, size, 0, size.Height);
        if (right <= left)
        {
            return;
        }
        var height = bottom - top;
        var (footLeft, footRight, _, _) = Bounds(alpha, size, bottom - Math.Max(2, (int)(FootPart * height)), bottom);
        var pool = new Pool((left + right) / 2.0, bottom - (0.012 * height), 0.56 * (right - left), Math.Max(3, 0.045 * height), 0.4);
        var line = new Pool(
            (footLeft + footRight) / 2.0,
            bottom - (0.004 * height),
            0.53 * (footRight - footLeft),
            Math.Max(2, 0.012 * height),
            0.6);
        for (var y = Math.Max(0, bottom - (height / 4)); y < size.Height; y++)
        {
            for (var x = 0; x < size.Width; x++)
            {
                var shade = 1 - ((1 - pool.At(x + 0.5, y + 0.5)) * (1 - line.At(x + 0.5, y + 0.5)));
                var at = (y * size.Width) + x;
                var under = shade * (255 - alpha[at]);
                luma[at] = (byte)Math.Min(255, Math.Round(luma[at] + (under * Black / 255)));
                alpha[at] = (byte)Math.Min(255, Math.Round(alpha[at] + under));
            }
        }
    }

    private static (int Left, int Right, int Top, int Bottom) Bounds(ReadOnlySpan<byte> alpha, PixelSize size, int from, int to)
    {
        var (left, right, top, bottom) = (size.Width, 0, size.Height, 0);
        for (var y = from; y < to; y++)
        {
            var row = alpha.Slice(y * size.Width, size.Width);
            for (var x = 0; x < row.Length; x++)
            {
                if (row[x] >= Seen)
                {
                    (left, right, top, bottom) = (Math.Min(left, x), Math.Max(right, x + 1), Math.Min(top, y), y + 1);
                }
            }
        }
        return (left, right, top, bottom);
    }

    // An ellipse that is darkest in its middle and fades to nothing at its rim.
    private readonly record struct Pool(double X, double Y, double Wide, double High, double Depth)
    {
        public double At(double x, double y)
        {
            var (across, down) = ((x - X) / Wide, (y - Y) / High);
            var far = (across * across * across * across) + (down * down);
            return far >= 1 ? 0 : Depth * (1 - far) * (1 - far);
        }
    }
}
