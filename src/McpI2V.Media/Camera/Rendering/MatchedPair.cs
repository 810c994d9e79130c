using McpI2V.Media.Camera.Sampling;
using McpI2V.Media.Geometry;

namespace McpI2V.Media.Camera.Rendering;

/// <summary>
/// Two stills that show the same thing: one camera goes from the frame of the first to the frame of the second, and what they share lies on
/// itself all the way. Where one of them ends the other goes on.
/// </summary>
internal sealed class MatchedPair(CameraShot shot, MovingLayer first, MovingLayer last, bool isOneScene) : IStillPair
{
    // How soft the edge is at which one still ends inside the frame, as a share of the frame's width.
    private const double Feather = 0.12;

    // How long the one becomes the other.
    private const double Melt = 0.28;
    private readonly Frame other = new(shot.Size);
    private readonly float[] columns = new float[2 * shot.Size.Width];
    private readonly float[] rows = new float[2 * shot.Size.Height];

    // A still is exchanged where it fills the frame best: late on the way in, early on the way out. Of one scene nobody sees where the
    // one still ends in the other; of two the frame must not show that.
    private readonly double middle = 0.5
        + ((isOneScene ? 0.22 : 0.36) * Math.Clamp((isOneScene ? 1 : 4) * Math.Log2(first.Zoom(1) / first.Zoom(0)), -1, 1));

    public void Draw(double time, Frame target)
    {
        var place = shot.Path.Between(time);
        var x = Math.Clamp((place - middle + (Melt / 2)) / Melt, 0, 1);
        var share = (float)(x * x * (3 - (2 * x)));
        var (size, seen, seenLast) = (shot.Size, first.Seen(time), last.Seen(time));
        Cover(columns, size.Width, seen.Left, seen.Right, seenLast.Left, seenLast.Right);
        Cover(rows, size.Height, seen.Top, seen.Bottom, seenLast.Top, seenLast.Bottom);
        first.Draw(time, target);
        if (share == 0 && Array.TrueForAll(columns, c => c == 1) && Array.TrueForAll(rows, r => r == 1))
        {
            return;
        }
        last.Draw(time, other);
        Mix(target.Luma, other.Luma, size.Width, size.Height, 1, share);
        Mix(target.Blue, other.Blue, size.Width / 2, size.Height / 2, 2, share);
        Mix(target.Red, other.Red, size.Width / 2, size.Height / 2, 2, share);
    }

    private void Mix(Span<byte> mine, ReadOnlySpan<byte> theirs, int width, int height, int step, float share)
    {
        for (var y = 0; y < height; y++)
        {
            var (downFirst, downLast) = (rows[y * step], rows[shot.Size.Height + (y * step)]);
            for (var x = 0; x < width; x++)
            {
                var first = downFirst * columns[x * step];
                var last = downLast * columns[shot.Size.Width + (x * step)];
                var weight = (1 - ((1 - share) * first)) * last;
                var at = (y * width) + x;
                mine[at] = (byte)(mine[at] + ((theirs[at] - mine[at]) * weight) + 0.5f);
            }
        }
    }

    // How much of each still there is along one side of the frame; an edge of it that lies in the frame is soft.
    private static void Cover(float[] along, int length, double left, double right, double leftLast, double rightLast)
    {
        for (var i = 0; i < length; i++)
        {
            along[i] = (float)Inside(i + 0.5, left, right, length);
            along[length + i] = (float)Inside(i + 0.5, leftLast, rightLast, length);
        }
    }

    private static double Inside(double at, double from, double to, double length) =>
        Ramp(at - from, from, length) * Ramp(to - at, length - to, length);

    private static double Ramp(double distance, double inset, double length)
    {
        // Rounding must not take a line off a still that just fills the frame.
        if (inset < 0.01)
        {
            return 1;
        }
        var x = Math.Clamp(distance / Math.Min(inset, Feather * length), 0, 1);
        return x * x * (3 - (2 * x));
    }
}
