using McpI2V.Media.Camera.Sampling;
using McpI2V.Media.Geometry;

namespace McpI2V.Media.Camera.Rendering;

/// <summary>
/// Two stills that show different things: at half time the camera whips from the one to the other, past both mirrored. A row of the frame
/// is a window on a row of all four, and motion blur the mean of what passes by while the shutter is open.
/// </summary>
internal sealed class PushedPair(CameraShot shot, MovingLayer first, MovingLayer last) : IStillPair
{
    private const double Seconds = 0.7;
    private const double MostOfShot = 0.5;
    private const double Shutter = 0.8;
    private const int Panels = 4;
    private readonly Frame before = new(shot.Size);
    private readonly Frame after = new(shot.Size);
    private readonly int[] sums = new int[(Panels * shot.Size.Width) + 1];

    public void Draw(double time, Frame target)
    {
        var place = shot.Path.Between(time);
        var share = Math.Min(MostOfShot, Seconds * (shot.Path.Loops ? 2 : 1) / shot.Duration.TotalSeconds);
        var at = (place - 0.5 + (share / 2)) / share;
        var open = Shutter / (share * shot.Frames) * (shot.Path.Loops ? 2 : 1);
        var (from, to) = (Way(at - (open / 2)), Way(at + (open / 2)));
        if (to <= 0)
        {
            first.Draw(time, target);
            return;
        }
        if (from >= 1)
        {
            last.Draw(time, target);
            return;
        }
        first.Draw(time, before);
        last.Draw(time, after);
        var size = shot.Size;
        var half = new PixelSize(size.Width / 2, size.Height / 2);
        Pass(before.Luma, after.Luma, target.Luma, size, from, to);
        Pass(before.Blue, after.Blue, target.Blue, half, from, to);
        Pass(before.Red, after.Red, target.Red, half, from, to);
    }

    private static double Way(double time)
    {
        var t = Math.Clamp(time, 0, 1);
        return t < 0.5 ? 8 * Math.Pow(t, 4) : 1 - (8 * Math.Pow(1 - t, 4));
    }

    private void Pass(ReadOnlySpan<byte> one, ReadOnlySpan<byte> other, Span<byte> target, PixelSize size, double from, double to)
    {
        var width = size.Width;
        var start = (int)Math.Round((Panels - 1) * width * from);
        var length = Math.Clamp((int)Math.Round((Panels - 1) * width * to) - start, 1, ((Panels - 1) * width) - start + 1);
        for (var y = 0; y < size.Height; y++)
        {
            var left = one.Slice(y * width, width);
            var right = other.Slice(y * width, width);
            for (var x = 0; x < width; x++)
            {
                sums[x + 1] = sums[x] + left[x];
            }
            for (var x = 0; x < width; x++)
            {
                sums[width + x + 1] = sums[width + x] + left[width - 1 - x];
            }
            for (var x = 0; x < width; x++)
            {
                sums[(2 * width) + x + 1] = sums[(2 * width) + x] + right[width - 1 - x];
            }
            for (var x = 0; x < width; x++)
            {
                sums[(3 * width) + x + 1] = sums[(3 * width) + x] + right[x];
            }
            var row = target.Slice(y * width, width);
            for (var x = 0; x < width; x++)
            {
                row[x] = (byte)((sums[x + start + length] - sums[x + start] + (length / 2)) / length);
            }
        }
    }
}
