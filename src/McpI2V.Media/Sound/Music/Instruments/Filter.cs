namespace McpI2V.Media.Sound.Music.Instruments;

/// <summary>A state-variable filter of two poles (Simper's), whose cutoff may move.</summary>
internal sealed class Filter
{
    private double g;
    private double k;
    private double first;
    private double second;

    public Filter(double hertz, double resonance = 0.7) => Set(hertz, resonance);

    /// <summary>Moves it.</summary>
    public void Set(double hertz, double resonance = 0.7) =>
        (g, k) = (Math.Tan(Math.PI * Math.Min(hertz, 20_000) / SoundRate.Samples), 1 / resonance);

    /// <summary>What lies below the cutoff.</summary>
    public double Low(double sample) => Next(sample).Low;

    /// <summary>What lies above it.</summary>
    public double High(double sample)
    {
        var (low, band) = Next(sample);
        return sample - (k * band) - low;
    }

    /// <summary>What lies around it.</summary>
    public double Band(double sample) => Next(sample).Band;

    private (double Low, double Band) Next(double sample)
    {
        var a = 1 / (1 + (g * (g + k)));
        var rest = sample - second;
        var band = (a * first) + (g * a * rest);
        var low = second + (g * band);
        first = (2 * band) - first;
        second = (2 * low) - second;
        return (low, band);
    }
}
