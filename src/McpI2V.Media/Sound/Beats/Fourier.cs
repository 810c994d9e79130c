namespace McpI2V.Media.Sound.Beats;

/// <summary>The magnitudes of a window's frequencies, by the fast Fourier transform of a power of two.</summary>
internal sealed class Fourier
{
    private readonly int size;
    private readonly double[] window;
    private readonly double[] real;
    private readonly double[] imaginary;

    public Fourier(int size)
    {
        this.size = size;
        window = [.. Enumerable.Range(0, size).Select(i => 0.5 - (0.5 * Math.Cos(2 * Math.PI * i / size)))];
        (real, imaginary) = (new double[size], new double[size]);
    }

    /// <summary>From 0 to half the rate.</summary>
    public void Magnitudes(ReadOnlySpan<float> samples, Span<double> into)
    {
        for (var i = 0; i < size; i++)
        {
            real[Reversed(i)] = samples[i] * window[i];
        }
        Array.Clear(imaginary);
        for (var span = 1; span < size; span *= 2)
        {
            var (turnReal, turnImaginary) = (Math.Cos(Math.PI / span), -Math.Sin(Math.PI / span));
            for (var start = 0; start < size; start += span * 2)
            {
                var (r, i) = (1.0, 0.0);
                for (var k = start; k < start + span; k++)
                {
                    var (a, b) = (real[k + span], imaginary[k + span]);
                    var (x, y) = ((a * r) - (b * i), (a * i) + (b * r));
                    (real[k + span], imaginary[k + span]) = (real[k] - x, imaginary[k] - y);
                    (real[k], imaginary[k]) = (real[k] + x, imaginary[k] + y);
                    (r, i) = ((r * turnReal) - (i * turnImaginary), (r * turnImaginary) + (i * turnReal));
                }
            }
        }
        for (var i = 0; i < into.Length; i++)
        {
            into[i] = Math.Sqrt((real[i] * real[i]) + (imaginary[i] * imaginary[i]));
        }
    }

    private int Reversed(int index)
    {
        var reversed = 0;
        for (var bit = 1; bit < size; bit *= 2)
        {
            reversed = (reversed * 2) + ((index & bit) != 0 ? 1 : 0);
        }
        return reversed;
    }
}
