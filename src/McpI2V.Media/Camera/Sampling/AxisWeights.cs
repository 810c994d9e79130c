namespace McpI2V.Media.Camera.Sampling;

/// <summary>For every sample along one axis of the frame: the first source sample it takes and the weights of eight in a row.</summary>
internal sealed class AxisWeights(int length)
{
    /// <summary>Weights a sample; those past the kernel's reach are zero.</summary>
    public const int Taps = 8;

    /// <summary>Weights sum to this: 14 bits.</summary>
    public const int One = 1 << 14;

    private static readonly double[] Kernel = CatmullRom();

    public int[] First { get; } = new int[length];

    public short[] Weights { get; } = new short[length * Taps];

    /// <summary>How many of the eight weights can be other than zero: 4, 6 or 8.</summary>
    public int Reach { get; private set; }

    /// <summary>
    /// Sets the weights for samples at start + step * (i + 0.5), widening the kernel when the source is denser than the frame.
    /// </summary>
    public void Set(double start, double step, int sourceLength)
    {
        var widening = Math.Clamp(step, 1, 2);
        var reach = (int)Math.Ceiling(2 * widening);
        Reach = Math.Min(Taps, 2 * reach);
        Span<double> raw = stackalloc double[Taps];
        for (var i = 0; i < length; i++)
        {
            var centre = start + (step * (i + 0.5)) - 0.5;
            var first = (int)Math.Floor(centre) - reach + 1;
            var sum = 0.0;
            for (var tap = 0; tap < Reach; tap++)
            {
                raw[tap] = Weight(Math.Abs(first + tap - centre) / widening);
                sum += raw[tap];
            }
            First[i] = Math.Clamp(first, 1 - Plane.Border, sourceLength + Plane.Border - Taps - 1);
            Round(raw, sum, Weights.AsSpan(i * Taps, Taps));
        }
    }

    // Rounding must not change the sum, or flat areas would pulse; the largest weight takes the difference.
    private void Round(ReadOnlySpan<double> raw, double sum, Span<short> weights)
    {
        weights.Clear();
        int total = 0, largest = 0;
        for (var tap = 0; tap < Reach; tap++)
        {
            var weight = (short)Math.Round(raw[tap] / sum * One);
            weights[tap] = weight;
            total += weight;
            if (weight > weights[largest])
            {
                largest = tap;
            }
        }
        weights[largest] += (short)(One - total);
    }

    private const int KernelSteps = 1024;

    private static double Weight(double distance)
    {
        var at = distance * KernelSteps;
        var index = (int)at;
        if (index >= 2 * KernelSteps)
        {
            return 0;
        }
        var share = at - index;
        return (Kernel[index] * (1 - share)) + (Kernel[index + 1] * share);
    }

    private static double[] CatmullRom()
    {
        var table = new double[(2 * KernelSteps) + 2];
        for (var i = 0; i < 2 * KernelSteps; i++)
        {
            var x = (double)i / KernelSteps;
            table[i] = x < 1 ? (1.5 * x * x * x) - (2.5 * x * x) + 1 : (-0.5 * x * x * x) + (2.5 * x * x) - (4 * x) + 2;
        }
        return table;
    }
}
