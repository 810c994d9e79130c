namespace McpI2V.Media.Sound.Loudness;

/// <summary>
/// How loud a stereo sound is, a quarter of a millisecond at a time: enough to know what any curve of gain would make of it without hearing
/// it again.
/// </summary>
internal sealed class SoundLevels
{
    // ITU-R BS.1770-4: blocks of 400 ms, every 100 ms, those below -70 LUFS and those 10 LU below the rest left out.
    private const int Window = SoundRate.Levels * 4 / 10;
    private const int Hop = SoundRate.Levels / 10;
    private const double AbsoluteGate = -70;
    private const double RelativeGate = -10;

    private readonly (KWeighting Ear, TruePeak Peak)[] channels = [(new(), new()), (new(), new())];
    private readonly List<float> peaks = [];
    private readonly List<float> powers = [];
    private double peak;
    private double power;
    private int samples;

    /// <summary>The true peak of each level, 1 for full scale.</summary>
    public IReadOnlyList<float> Peaks => peaks;

    /// <summary>The power of each level as the ear weighs it, both channels together.</summary>
    public IReadOnlyList<float> Powers => powers;

    /// <summary>The loudest true peak, 1 for full scale.</summary>
    public double TruePeak => peaks.Count == 0 ? 0 : peaks.Max();

    /// <summary>The whole loudness in LUFS; minus infinity for silence.</summary>
    public double Lufs => LufsUnder(gains: null);

    /// <summary>Takes interleaved stereo of 48 kHz.</summary>
    public void Add(ReadOnlySpan<float> frames)
    {
        for (var i = 0; i + 1 < frames.Length; i += 2)
        {
            for (var channel = 0; channel < 2; channel++)
            {
                var sample = (double)frames[i + channel];
                var (ear, between) = channels[channel];
                var weighted = ear.Next(sample);
                power += weighted * weighted;
                peak = Math.Max(peak, between.Next(sample));
            }
            if (++samples == SoundRate.SamplesPerLevel)
            {
                peaks.Add((float)peak);
                powers.Add((float)(power / SoundRate.SamplesPerLevel));
                (peak, power, samples) = (0, 0, 0);
            }
        }
    }

    /// <summary>The whole loudness under a curve of gain, in LUFS.</summary>
    /// <param name="gains">A gain for each level; null: as it is.</param>
    public double LufsUnder(float[]? gains)
    {
        var window = Math.Min(Window, powers.Count);
        if (window == 0)
        {
            return double.NegativeInfinity;
        }
        var sums = new double[powers.Count + 1];
        for (var i = 0; i < powers.Count; i++)
        {
            var gain = gains is null ? 1 : gains[i];
            sums[i + 1] = sums[i] + (powers[i] * gain * gain);
        }
        var blocks = new List<double>();
        for (var start = 0; start + window <= powers.Count; start += Hop)
        {
            blocks.Add((sums[start + window] - sums[start]) / window);
        }
        var heard = blocks.Where(b => InLufs(b) >= AbsoluteGate).ToList();
        if (heard.Count == 0)
        {
            return double.NegativeInfinity;
        }
        var gate = InLufs(heard.Average()) + RelativeGate;
        return InLufs(heard.Where(b => InLufs(b) >= gate).Average());
    }

    private static double InLufs(double power) => power <= 0 ? double.NegativeInfinity : (10 * Math.Log10(power)) - 0.691;
}
