namespace McpI2V.Media.Text.Placing;

/// <summary>
/// What stands out in a busy picture: how far each point's colour lies from its wide surroundings and from the picture's mean (after
/// Achanta, Frequency-tuned salient region detection, 2009), how much detail is there, and how near the middle it is.
/// </summary>
internal static class Saliency
{
    /// <summary>0 to 1 at each point.</summary>
    public static float[] Of(ReadOnlySpan<byte> rgb, int width, int height)
    {
        var count = width * height;
        var planes = new float[3][];
        for (var channel = 0; channel < 3; channel++)
        {
            planes[channel] = new float[count];
            for (var i = 0; i < count; i++)
            {
                planes[channel][i] = rgb[(i * 3) + channel];
            }
        }
        var side = Math.Min(width, height);
        var fine = planes.Select(p => Mean(p, width, height, Math.Max(1, side / 60))).ToArray();
        var wide = planes.Select(p => Mean(p, width, height, side / 3)).ToArray();
        var mean = planes.Select(p => p.Average()).ToArray();
        var detail = Mean(Detail(planes, width, height), width, height, Math.Max(2, side / 24));
        var map = new float[count];
        for (var y = 0; y < height; y++)
        {
            for (var x = 0; x < width; x++)
            {
                var i = (y * width) + x;
                float near = 0, whole = 0;
                for (var channel = 0; channel < 3; channel++)
                {
                    near += Square(fine[channel][i] - wide[channel][i]);
                    whole += Square(fine[channel][i] - mean[channel]);
                }
                var (u, v) = (((x + 0.5) / width) - 0.5, ((y + 0.5) / height) - 0.5);
                var middle = Math.Exp(-3.2 * ((u * u) + (v * v)));
                map[i] = (float)((MathF.Sqrt(near) + (0.6f * MathF.Sqrt(whole)) + (1.6f * detail[i])) * middle);
            }
        }
        map = Mean(map, width, height, Math.Max(1, side / 40));
        // The half of the picture that stands out least is background, the upper tenth the subject.
        var ordered = map.Order().ToArray();
        var (low, high) = (ordered[count * 11 / 20], ordered[count * 9 / 10]);
        for (var i = 0; i < count; i++)
        {
            map[i] = high - low < 6 ? 0 : Math.Clamp((map[i] - low) / (high - low), 0, 1);
        }
        return map;
    }

    private static float Square(float value) => value * value;

    private static float[] Detail(float[][] planes, int width, int height)
    {
        var detail = new float[width * height];
        for (var y = 1; y < height - 1; y++)
        {
            for (var x = 1; x < width - 1; x++)
            {
                var i = (y * width) + x;
                foreach (var plane in planes)
                {
                    detail[i] += (Math.Abs(plane[i + 1] - plane[i - 1]) + Math.Abs(plane[i + width] - plane[i - width])) / 3;
                }
            }
        }
        return detail;
    }

    /// <summary>The mean of a square around each point.</summary>
    private static float[] Mean(float[] plane, int width, int height, int half)
    {
        var stride = width + 1;
        var sums = new double[stride * (height + 1)];
        for (var y = 0; y < height; y++)
        {
            var row = 0.0;
            for (var x = 0; x < width; x++)
            {
                row += plane[(y * width) + x];
                sums[((y + 1) * stride) + x + 1] = sums[(y * stride) + x + 1] + row;
            }
        }
        var mean = new float[plane.Length];
        for (var y = 0; y < height; y++)
        {
            var (top, bottom) = (Math.Max(0, y - half), Math.Min(height, y + half + 1));
            for (var x = 0; x < width; x++)
            {
                var (left, right) = (Math.Max(0, x - half), Math.Min(width, x + half + 1));
                var sum = sums[(bottom * stride) + right] - sums[(top * stride) + right] - sums[(bottom * stride) + left]
                    + sums[(top * stride) + left];
                mean[(y * width) + x] = (float)(sum / ((bottom - top) * (right - left)));
            }
        }
        return mean;
    }
}
