using System.Runtime.InteropServices;

namespace McpI2V.Media.Sound.Beats;

/// <summary>How much begins to sound at each moment: the growth of loudness in every band, a hundred times a second.</summary>
internal sealed class OnsetCurve
{
    /// <summary>Values a second.</summary>
    public const int Rate = 100;

    // Sound is taken in at 16 kHz: beats are heard below 8.
    private const int Decimation = 3;
    private const int Window = 512;
    private const int Hop = SoundRate.Samples / Decimation / Rate;
    private const int Bands = 24;
    private const int LowBins = 5;

    private readonly Fourier fourier = new(Window);
    private readonly double[] magnitudes = new double[Window / 2];
    private readonly double[] before = new double[Bands];
    private readonly List<float> held = [];
    private readonly List<double> all = [];
    private readonly List<double> low = [];
    private double bottomBefore;
    private float sum;
    private int count;

    /// <summary>The growth of all bands.</summary>
    public IReadOnlyList<double> All => all;

    /// <summary>The growth below 150 Hz, where kicks and basses are, as amplitude.</summary>
    public IReadOnlyList<double> Low => low;

    /// <summary>Takes interleaved stereo of 48 kHz.</summary>
    public void Add(ReadOnlySpan<float> frames)
    {
        if (all.Count == 0 && held.Count == 0)
        {
            // So that the middle of the first window is the beginning.
            held.AddRange(new float[Window / 2]);
        }
        for (var i = 0; i + 1 < frames.Length; i += 2)
        {
            sum += frames[i] + frames[i + 1];
            if (++count == Decimation)
            {
                held.Add(sum / (2 * Decimation));
                (sum, count) = (0, 0);
            }
        }
        var start = 0;
        var samples = CollectionsMarshal.AsSpan(held);
        for (; start + Window <= samples.Length; start += Hop)
        {
            Look(samples.Slice(start, Window));
        }
        held.RemoveRange(0, start);
    }

    private void Look(ReadOnlySpan<float> window)
    {
        fourier.Magnitudes(window, magnitudes);
        var grown = 0.0;
        for (var band = 0; band < Bands; band++)
        {
            var (from, to) = (Edge(band), Math.Max(Edge(band) + 1, Edge(band + 1)));
            double loud = 0;
            for (var i = from; i < to; i++)
            {
                loud += magnitudes[i];
            }
            // The logarithm hears a soft beat as well as a loud one, and nothing in the noise below both.
            var level = Math.Log(1 + (20 * loud / (to - from)));
            var growth = all.Count == 0 ? 0 : Math.Max(0, level - before[band]);
            before[band] = level;
            grown += growth;
        }
        all.Add(grown);
        double bottom = 0;
        for (var i = 1; i < LowBins; i++)
        {
            bottom += magnitudes[i];
        }
        low.Add(low.Count == 0 ? 0 : Math.Max(0, bottom - bottomBefore));
        bottomBefore = bottom;
    }

    // Bands as wide as the ear's: evenly below, by ratio above.
    private static int Edge(int band) =>
        (int)Math.Round(1 + (band * 1.2) + (Math.Pow((double)band / Bands, 2.4) * ((Window / 2) - 2 - (Bands * 1.2))));
}
