namespace McpI2V.Media.Examining;

/// <summary>
/// How much of a still's subject is left in a clip as it goes on: its middle is looked for in a frame of each second, at any place and at
/// some sizes, and compared.
/// </summary>
public static class Likeness
{
    private const int Side = GreyFrames.Side;
    private const int Subject = 32;
    private const int Step = 2;
    private const int MostSeconds = 20;

    // Where the middle is of one colour there is nothing to be found again.
    private const double LeastContrast = 4;

    // A camera that comes nearer or goes away.
    private static readonly double[] Scales = [0.75, 0.87, 1, 1.15, 1.3, 1.5, 1.75, 2];

    /// <summary>
    /// From 1 (the same) to 0 (nothing of it), for every second; nothing where the middle of the still is of one colour.
    /// </summary>
    /// <param name="still">The still as a grey square.</param>
    /// <param name="seconds">A frame of every second, each as a grey square.</param>
    public static IReadOnlyList<double> BySecond(byte[] still, IReadOnlyList<byte[]> seconds)
    {
        if (still.Length < Side * Side || Contrast(still) < LeastContrast)
        {
            return [];
        }
        var subject = Sampled(still, (Side - Subject) / 2.0, (Side - Subject) / 2.0, 1);
        return [.. seconds.Take(MostSeconds).Select(second => Best(subject, second))];
    }

    private static double Contrast(byte[] still)
    {
        var middle = Enumerable.Range((Side - Subject) / 2, Subject)
            .SelectMany(y => still.Skip((y * Side) + ((Side - Subject) / 2)).Take(Subject).Select(v => (double)v))
            .ToArray();
        var mean = middle.Average();
        return Math.Sqrt(middle.Average(v => (v - mean) * (v - mean)));
    }

    private static double Best(double[] subject, byte[] frame)
    {
        var best = 0.0;
        foreach (var scale in Scales)
        {
            var room = Side - (Subject * scale);
            for (var y = 0.0; y <= room; y += Step)
            {
                for (var x = 0.0; x <= room; x += Step)
                {
                    best = Math.Max(best, Correlation(subject, Sampled(frame, x, y, scale)));
                }
            }
        }
        return best;
    }

    private static double[] Sampled(byte[] frame, double left, double top, double scale)
    {
        var patch = new double[Subject * Subject];
        for (var y = 0; y < Subject; y++)
        {
            // Between four pixels, at the middle of what each is a part of.
            var down = Math.Clamp(top + ((y + 0.5) * scale) - 0.5, 0, Side - 1);
            var (row, belowShare) = ((int)down * Side, down - (int)down);
            var below = row + (belowShare > 0 ? Side : 0);
            for (var x = 0; x < Subject; x++)
            {
                var across = Math.Clamp(left + ((x + 0.5) * scale) - 0.5, 0, Side - 1);
                var (column, nextShare) = ((int)across, across - (int)across);
                var next = column + (nextShare > 0 ? 1 : 0);
                patch[(y * Subject) + x] = ((1 - belowShare) * (((1 - nextShare) * frame[row + column]) + (nextShare * frame[row + next])))
                    + (belowShare * (((1 - nextShare) * frame[below + column]) + (nextShare * frame[below + next])));
            }
        }
        var mean = patch.Average();
        var length = 0.0;
        for (var i = 0; i < patch.Length; i++)
        {
            patch[i] -= mean;
            length += patch[i] * patch[i];
        }
        length = Math.Sqrt(length);
        for (var i = 0; i < patch.Length && length > 0; i++)
        {
            patch[i] /= length;
        }
        return patch;
    }

    private static double Correlation(double[] one, double[] other)
    {
        var sum = 0.0;
        for (var i = 0; i < one.Length; i++)
        {
            sum += one[i] * other[i];
        }
        return sum;
    }
}
