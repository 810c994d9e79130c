namespace McpI2V.Media.Text.Placing;

/// <summary>
/// Where the subject is, 0 to 1 at each point. Where the frame's rim is one calm surface (a wall, a gradient, a studio), the subject is
/// what differs from that surface as it would go on behind it; where the rim is busy, it is what stands out from its surroundings.
/// </summary>
internal sealed class SubjectMap
{
    private const double CalmRim = 14;
    private readonly float[] sums;
    private readonly int width;
    private readonly int height;

    private SubjectMap(float[] map, int width, int height)
    {
        (this.width, this.height) = (width, height);
        sums = new float[(width + 1) * (height + 1)];
        for (var y = 0; y < height; y++)
        {
            var row = 0f;
            for (var x = 0; x < width; x++)
            {
                row += map[(y * width) + x];
                sums[((y + 1) * (width + 1)) + x + 1] = sums[(y * (width + 1)) + x + 1] + row;
            }
        }
        Share = sums[^1] / (width * height);
    }

    /// <summary>How much of the frame the subject takes.</summary>
    public double Share { get; }

    /// <summary>Looks at the pictures of a stretch of time; a subject that moves is wherever it comes.</summary>
    public static SubjectMap Of(SmallFrames frames, double start, double end)
    {
        var (width, height) = (frames.Size.Width, frames.Size.Height);
        var map = new float[width * height];
        foreach (var index in frames.Between(start, end))
        {
            var one = Lone(frames.Picture(index), width, height);
            for (var i = 0; i < map.Length; i++)
            {
                map[i] = Math.Max(map[i], one[i]);
            }
        }
        return new SubjectMap(map, width, height);
    }

    /// <summary>How much of an area the subject covers, 0 to 1.</summary>
    public double In(Area area)
    {
        var (left, right) = (Column(area.Left, Math.Floor), Column(area.Right, Math.Ceiling));
        var (top, bottom) = (Row(area.Top, Math.Floor), Row(area.Bottom, Math.Ceiling));
        if (right <= left || bottom <= top)
        {
            return 0;
        }
        var stride = width + 1;
        var sum = sums[(bottom * stride) + right] - sums[(top * stride) + right] - sums[(bottom * stride) + left]
            + sums[(top * stride) + left];
        return sum / ((right - left) * (bottom - top));
    }

    /// <summary>
    /// Where a window of a share of the frame keeps most of the subject: 0 is at the left or at the top, 1 at the other end. Of places that
    /// keep as much it is the one that has the subject in its middle; the frame's own middle where there is no subject. Room for a title
    /// is worth a little of the subject's other end.
    /// </summary>
    public (double X, double Y) Focus(double widthShare, double heightShare, TextPosition? title = null)
    {
        var middle = Middle();
        var x = Along(middle.X, widthShare, l => new Area(l, 0, l + widthShare, 1), _ => 0);
        var left = x * (1 - widthShare);
        return (x, Along(
            middle.Y,
            heightShare,
            t => new Area(0, t, 1, t + heightShare),
            t => title is TextPosition.Top or TextPosition.Bottom
                ? Lack(new Area(left, t, left + widthShare, t + heightShare), title == TextPosition.Top)
                : 0));
    }

    // How much of the room that a title takes at one end of a window the subject stands in, 0 to 1.
    private double Lack(Area window, bool isAtTop)
    {
        const double Room = 0.24;
        const int Steps = 12;
        const double Something = 0.02;
        var height = window.Bottom - window.Top;
        for (var step = 0; step < Steps; step++)
        {
            var (from, to) = (Room * step / Steps * height, Room * (step + 1) / Steps * height);
            var strip = isAtTop
                ? window with { Top = window.Top + from, Bottom = window.Top + to }
                : window with { Top = window.Bottom - to, Bottom = window.Bottom - from };
            if (In(strip) > Something)
            {
                return 1 - ((double)step / Steps);
            }
        }
        return 0;
    }

    private double Along(double middle, double share, Func<double, Area> window, Func<double, double> lack)
    {
        const double WorthOfRoom = 0.3;
        const double MuchCloser = 0.1;
        var room = 1 - share;
        if (room < 0.005 || Share < 1e-6)
        {
            return 0.5;
        }
        var ideal = Math.Clamp((middle - (share / 2)) / room, 0, 1);
        var best = (At: ideal, Value: Value(ideal));
        for (var at = 0.0; at <= 1.0001; at += 0.02)
        {
            if (Value(at) > best.Value + 1e-9)
            {
                best = (at, Value(at));
            }
        }
        return best.At;

        double Value(double at) => (In(window(at * room)) * share / Share) - (MuchCloser * Math.Abs(at - ideal) * room)
            - (WorthOfRoom * lack(at * room));
    }

    private (double X, double Y) Middle()
    {
        double sum = 0, atX = 0, atY = 0;
        for (var y = 0; y < 20; y++)
        {
            for (var x = 0; x < 20; x++)
            {
                var share = In(new Area(x / 20.0, y / 20.0, (x + 1) / 20.0, (y + 1) / 20.0));
                (sum, atX, atY) = (sum + share, atX + (share * (x + 0.5) / 20), atY + (share * (y + 0.5) / 20));
            }
        }
        return sum < 1e-6 ? (0.5, 0.5) : (atX / sum, atY / sum);
    }

    private int Column(double x, Func<double, double> round) => Math.Clamp((int)round(x * width), 0, width);

    private int Row(double y, Func<double, double> round) => Math.Clamp((int)round(y * height), 0, height);

    private static float[] Lone(ReadOnlySpan<byte> rgb, int width, int height)
    {
        var rim = RimSurface.Fit(rgb, width, height);
        var map = new float[width * height];
        if (rim.Spread <= CalmRim)
        {
            var unlike = Math.Max(16, 3.2 * rim.Spread);
            for (var y = 0; y < height; y++)
            {
                for (var x = 0; x < width; x++)
                {
                    map[(y * width) + x] = (float)Math.Clamp((rim.Distance(rgb, x, y) - unlike) / unlike, 0, 1);
                }
            }
            return map;
        }
        return Saliency.Of(rgb, width, height);
    }
}
