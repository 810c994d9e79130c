namespace McpI2V.Media.Sound.Beats;

/// <summary>
/// Finds the beats of music (after D. Ellis, "Beat tracking by dynamic programming", 2007): the tempo at which what begins to sound repeats
/// itself, then the row of beats that hits most of it without leaving the tempo.
/// </summary>
public sealed class BeatTracker
{
    private const double SlowestBpm = 60;
    private const double FastestBpm = 180;
    private const double UsualBpm = 118;

    // Of speech, noise and pads, whose onsets repeat no better than by chance.
    private const double LeastRegular = 0.18;
    private const double Stiffness = 400;

    // A window of 32 ms sees a stroke before its middle does.
    private const double Early = 0.008;
    private static readonly TimeSpan Shortest = TimeSpan.FromSeconds(3);

    private readonly OnsetCurve curve = new();

    /// <summary>Takes interleaved stereo of 48 kHz.</summary>
    public void Add(ReadOnlySpan<float> frames) => curve.Add(frames);

    /// <summary>The beats; null where there are none to be found: a silent, shapeless or too short sound.</summary>
    public BeatGrid? Find()
    {
        if (curve.All.Count < Shortest.TotalSeconds * OnsetCurve.Rate)
        {
            return null;
        }
        // Drums below say what is a beat, all else where it is.
        double[] onsets = [.. Sharpened(curve.All).Zip(Sharpened(curve.Low), (a, b) => a + b)];
        if (!HasStrokes(onsets) || Period(Even(onsets)) is not { } period)
        {
            return null;
        }
        var beats = Chain(onsets, period);
        if (beats.Count < 4)
        {
            return null;
        }
        var times = Straightened([.. beats.Select(b => (Between(onsets, b) / OnsetCurve.Rate) + Early)]);
        var bpm = 60 * (times.Count - 1) / (times[^1] - times[0]);
        return new BeatGrid(Math.Round(bpm, 2), times, FirstBar(beats));
    }

    // A stroke stands out of what is around it; the swaying of a held tone does not. That the sound begins is no stroke.
    private static bool HasStrokes(double[] onsets)
    {
        var powers = onsets.Skip(OnsetCurve.Rate / 20).Select(o => o * o).OrderDescending().ToList();
        var all = powers.Sum();
        return all > 1e-6 && powers.Take(powers.Count * 12 / 100).Sum() / all > 0.7;
    }

    // Less what is heard around it anyway, in units of what is usual.
    private static double[] Sharpened(IReadOnlyList<double> values)
    {
        const int Around = OnsetCurve.Rate / 2;
        var sums = new double[values.Count + 1];
        for (var i = 0; i < values.Count; i++)
        {
            sums[i + 1] = sums[i] + values[i];
        }
        var sharp = values.Select((v, i) =>
        {
            var (from, to) = (Math.Max(0, i - Around), Math.Min(values.Count, i + Around));
            return Math.Max(0, v - ((sums[to] - sums[from]) / (to - from)));
        }).ToArray();
        var usual = Math.Sqrt(sharp.Average(v => v * v));
        return usual < 1e-3 ? new double[values.Count] : [.. sharp.Select(v => v / usual)];
    }

    // About its mean, so that chance is not likeness, and a little wider, so that a beat between two values is not missed.
    private static double[] Even(double[] onsets)
    {
        var mean = onsets.Average();
        return
        [
            .. onsets.Select((_, i) => ((At(i - 2) + At(i + 2)) / 16) + ((At(i - 1) + At(i + 1)) / 4) + (At(i) * 3 / 8) - mean),
        ];

        double At(int place) => onsets[Math.Clamp(place, 0, onsets.Length - 1)];
    }

    private static double? Period(double[] onsets)
    {
        var (shortest, longest) = ((int)(60 * OnsetCurve.Rate / FastestBpm), (int)(60 * OnsetCurve.Rate / SlowestBpm));
        var whole = Likeness(onsets, 0);
        var raw = Enumerable.Range(0, (longest * 4) + 2).Select(lag => Likeness(onsets, lag) / whole).ToArray();
        var best = Enumerable.Range(shortest, longest - shortest + 1).MaxBy(Score);
        if (Math.Max(raw[best], Math.Max(raw[best * 2], raw[best * 4])) < LeastRegular)
        {
            return null;
        }
        // Four beats tell the length of one to a quarter of the curve's step.
        var four = Enumerable.Range((best * 4) - 6, 13).Where(l => l > 1 && l < raw.Length - 1).MaxBy(l => raw[l]);
        var (a, b, c) = (raw[four - 1], raw[four], raw[four + 1]);
        var bend = a - (2 * b) + c;
        return (four + (bend < 0 ? 0.5 * (a - c) / bend : 0)) / 4;

        // A beat repeats after two and four too; of a tempo and its double people tap the one nearer to walking.
        double Score(int lag)
        {
            var octaves = Math.Log2(60.0 * OnsetCurve.Rate / lag / UsualBpm);
            return (raw[lag] + (0.5 * raw[lag * 2]) + (0.5 * raw[lag * 4])) * Math.Exp(-0.5 * Math.Pow(octaves / 0.8, 2));
        }
    }

    private static double Likeness(double[] onsets, int lag)
    {
        double sum = 0;
        for (var i = lag; i < onsets.Length; i++)
        {
            sum += onsets[i] * onsets[i - lag];
        }
        return sum / Math.Max(1, onsets.Length - lag);
    }

    private static List<int> Chain(double[] onsets, double period)
    {
        var (score, from) = (new double[onsets.Length], new int[onsets.Length]);
        var (nearest, farthest) = ((int)(period / 2), (int)(period * 2));
        for (var i = 0; i < onsets.Length; i++)
        {
            var (best, place) = (0.0, -1);
            for (var back = nearest; back <= farthest && i - back >= 0; back++)
            {
                var value = score[i - back] - (Stiffness * Math.Pow(Math.Log(back / period), 2));
                if (value > best)
                {
                    (best, place) = (value, i - back);
                }
            }
            (score[i], from[i]) = (onsets[i] + best, place);
        }
        List<int> beats = [];
        var last = Enumerable.Range(Math.Max(0, onsets.Length - farthest), Math.Min(farthest, onsets.Length)).MaxBy(i => score[i]);
        for (var at = last; at >= 0; at = from[at])
        {
            beats.Insert(0, at);
        }
        return beats;
    }

    private static double Between(double[] onsets, int at)
    {
        if (at == 0 || at == onsets.Length - 1)
        {
            return at;
        }
        var (a, b, c) = (onsets[at - 1], onsets[at], onsets[at + 1]);
        var bend = a - (2 * b) + c;
        return bend < 0 && b >= a && b >= c ? at + (0.5 * (a - c) / bend) : at;
    }

    // Music from a machine keeps its tempo to the sample; where the beats lie on a line they are put on it.
    private static List<double> Straightened(List<double> beats)
    {
        var middle = (beats.Count - 1) / 2.0;
        var average = beats.Average();
        var step = beats.Select((b, i) => (i - middle) * (b - average)).Sum() / beats.Select((_, i) => Math.Pow(i - middle, 2)).Sum();
        var line = beats.Select((_, i) => average + (step * (i - middle))).ToList();
        var off = beats.Zip(line, (b, l) => Math.Abs(b - l)).Order().ElementAt(beats.Count * 8 / 10);
        return off < 0.025 ? [.. line.Select(b => Math.Max(0, b))] : beats;
    }

    // The first of a bar is where the low drums are.
    private int FirstBar(List<int> beats) => Enumerable.Range(0, BeatGrid.BeatsToABar)
        .MaxBy(first => beats.Where((_, i) => i % BeatGrid.BeatsToABar == first).DefaultIfEmpty().Average(Strength) - (first * 1e-6));

    private double Strength(int at)
    {
        var around = Enumerable.Range(Math.Max(0, at - 3), 7).Where(i => i < curve.Low.Count).ToList();
        return around.Max(i => curve.Low[i]);
    }
}
