namespace McpI2V.Media.Sound.Music.Instruments;

/// <summary>A note as an instrument gets it.</summary>
/// <param name="From">Its first sample.</param>
/// <param name="Held">How many samples it is held.</param>
/// <param name="Hertz">Its pitch.</param>
/// <param name="Velocity">How hard, 0 to 1.</param>
/// <param name="Chance">What makes no two strokes the same.</param>
internal sealed record Tone(long From, int Held, double Hertz, double Velocity, Random Chance)
{
    /// <summary>Seconds as samples.</summary>
    public static int Samples(double seconds) => (int)(seconds * SoundRate.Samples);

    /// <summary>A sample of noise, -1 to 1.</summary>
    public double Noise() => (Chance.NextDouble() * 2) - 1;

    /// <summary>A phase to begin at.</summary>
    public double Phase() => Chance.NextDouble();

    /// <summary>Up over an attack, full while it is held, down over a release; in between a raised cosine.</summary>
    public double Swell(int sample, double attack, double release)
    {
        var up = Math.Min(1, sample / (attack * SoundRate.Samples));
        var down = sample < Held ? 1 : Math.Max(0, 1 - ((sample - Held) / (release * SoundRate.Samples)));
        return Smooth(up) * Smooth(down);
    }

    private static double Smooth(double part) => 0.5 - (0.5 * Math.Cos(Math.PI * part));
}
