namespace McpI2V.Media.Sound.Loudness;

/// <summary>Gains that keep peaks under a ceiling: down before a peak comes, back slowly, so that nothing is bent or pumps.</summary>
internal static class Limiter
{
    // 5 ms each way: the window that the gain is smoothed over, and how far ahead it looks.
    private const int Reach = SoundRate.Levels / 200;
    private const double ReleaseSeconds = 0.12;

    /// <summary>The gain for each level.</summary>
    /// <param name="ceiling">The highest true peak, 1 for full scale.</param>
    /// <param name="peaks">The true peaks of the sound as it is.</param>
    /// <param name="gain">What it is raised or lowered by where the peaks allow it.</param>
    public static float[] Under(double ceiling, IReadOnlyList<float> peaks, double gain)
    {
        var allowed = new double[peaks.Count];
        for (var i = 0; i < allowed.Length; i++)
        {
            allowed[i] = peaks[i] * gain > ceiling ? ceiling / (peaks[i] * gain) : 1;
        }
        var held = Lowest(allowed);
        var release = 1 - Math.Exp(-1 / (ReleaseSeconds * SoundRate.Levels));
        var given = 1.0;
        for (var i = 0; i < held.Length; i++)
        {
            given = Math.Min(held[i], given + ((1 - given) * release));
            held[i] = given;
        }
        return Smoothed(held, gain);
    }

    // The lowest within reach on both sides; the average of these within the same reach is never above what a peak allows.
    private static double[] Lowest(double[] values)
    {
        var lowest = new double[values.Length];
        var candidates = new LinkedList<int>();
        for (var i = 0; i < values.Length + Reach; i++)
        {
            if (i < values.Length)
            {
                while (candidates.Last is { } last && values[last.Value] >= values[i])
                {
                    candidates.RemoveLast();
                }
                candidates.AddLast(i);
            }
            while (candidates.First is { } first && first.Value < i - (2 * Reach))
            {
                candidates.RemoveFirst();
            }
            if (i >= Reach)
            {
                lowest[i - Reach] = values[candidates.First!.Value];
            }
        }
        return lowest;
    }

    private static float[] Smoothed(double[] values, double gain)
    {
        var smooth = new float[values.Length];
        var sums = new double[values.Length + 1];
        for (var i = 0; i < values.Length; i++)
        {
            sums[i + 1] = sums[i] + values[i];
        }
        for (var i = 0; i < values.Length; i++)
        {
            var (from, to) = (Math.Max(0, i - Reach), Math.Min(values.Length, i + Reach + 1));
            smooth[i] = (float)(gain * (sums[to] - sums[from]) / (to - from));
        }
        return smooth;
    }
}
