namespace McpI2V.Media.Sound.Music.Instruments;

/// <summary>A sawtooth whose edge is rounded (PolyBLEP), so that it does not ring metallic.</summary>
internal sealed class Saw(double hertz, double phase)
{
    private readonly double step = hertz / SoundRate.Samples;
    private double phase = phase - Math.Floor(phase);

    /// <summary>The next sample, its pitch bent by a factor.</summary>
    public double Next(double bend = 1)
    {
        var moved = step * bend;
        phase += moved;
        phase -= phase >= 1 ? 1 : 0;
        return (2 * phase) - 1 - Corner(phase, moved);
    }

    private static double Corner(double phase, double step)
    {
        if (phase < step)
        {
            var t = phase / step;
            return t + t - (t * t) - 1;
        }
        if (phase > 1 - step)
        {
            var t = (phase - 1) / step;
            return (t * t) + t + t + 1;
        }
        return 0;
    }
}
