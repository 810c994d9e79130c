namespace McpI2V.Media.Examining;

/// <summary>The frames of a clip, each as a small grey square: enough to find what an eye would find broken.</summary>
internal sealed class GreyFrames
{
    /// <summary>Pixels along each side.</summary>
    public const int Side = 64;

    private const int Pixels = Side * Side;

    // Shares of full scale. A frame this dark with nothing lit in it is black on any screen.
    private const double BlackBelow = 0.075;
    private const double LitAbove = 0.16;
    private const double LitShare = 0.02;

    // Encoding alone changes a cell by about 0.0005 from frame to frame where nothing moves.
    private const double MovesAbove = 0.0009;
    private const double PlainBelow = 0.012;

    private readonly byte[] luma;
    private readonly double framesPerSecond;
    private readonly double[] means;

    /// <summary>Takes the frames one after the other, limited range (16 is black, 235 white).</summary>
    public GreyFrames(byte[] luma, double framesPerSecond)
    {
        this.luma = luma;
        this.framesPerSecond = framesPerSecond > 0 ? framesPerSecond : 1;
        Count = luma.Length / Pixels;
        means = [.. Enumerable.Range(0, Count).Select(Mean)];
    }

    /// <summary>How many there are.</summary>
    public int Count { get; }

    /// <summary>The first frame of every second.</summary>
    public IReadOnlyList<byte[]> Seconds() =>
    [
        .. Enumerable.Range(0, (int)Math.Ceiling(Count / framesPerSecond))
            .Select(second => (int)Math.Round(second * framesPerSecond))
            .Where(index => index < Count)
            .Select(index => Frame(index).ToArray()),
    ];

    /// <summary>The longest time without a picture between a beginning and an end that have one; null where there is none.</summary>
    public (double At, double Seconds)? LongestBlack() => Longest(Enumerable.Range(0, Count).Select(IsBlack).ToList()) is { } run
        && run.First > 0 && run.First + run.Length < Count
            ? (run.First / framesPerSecond, run.Length / framesPerSecond)
            : null;

    /// <summary>How long the picture stands still at the longest, in seconds.</summary>
    public double LongestFrozen() =>
        (Longest([.. Enumerable.Range(1, Math.Max(0, Count - 1)).Select(i => Difference(i - 1, i) < MovesAbove)])?.Length ?? 0)
        / framesPerSecond;

    /// <summary>
    /// How much the light jumps back and forth from frame to frame, as a share of full scale: half of the second difference of its mean,
    /// the middle of all, so that a cut or a fade counts for nothing.
    /// </summary>
    public double Flicker()
    {
        var jumps = Enumerable.Range(1, Math.Max(0, Count - 2))
            .Select(i => Math.Abs(means[i - 1] - (2 * means[i]) + means[i + 1]) / 4)
            .Order()
            .ToArray();
        return jumps.Length == 0 ? 0 : jumps[jumps.Length / 2];
    }

    /// <summary>True if nothing is to be seen in the first frame: it is black, or of one colour.</summary>
    public bool BeginsEmpty() => Count > 0 && (IsBlack(0) || Deviation(0) < PlainBelow);

    private static (int First, int Length)? Longest(List<bool> marks)
    {
        (int First, int Length)? longest = null;
        for (var i = 0; i < marks.Count; i++)
        {
            var first = i;
            while (i < marks.Count && marks[i])
            {
                i++;
            }
            if (i - first > (longest?.Length ?? 0))
            {
                longest = (first, i - first);
            }
        }
        return longest;
    }

    private ReadOnlySpan<byte> Frame(int index) => luma.AsSpan(index * Pixels, Pixels);

    private bool IsBlack(int index)
    {
        var lit = 0;
        foreach (var value in Frame(index))
        {
            lit += Light(value) > LitAbove ? 1 : 0;
        }
        return means[index] < BlackBelow && lit < LitShare * Pixels;
    }

    private double Mean(int index)
    {
        long sum = 0;
        foreach (var value in Frame(index))
        {
            sum += value;
        }
        return Light((double)sum / Pixels);
    }

    private double Deviation(int index)
    {
        var mean = means[index];
        var sum = 0.0;
        foreach (var value in Frame(index))
        {
            var off = Light(value) - mean;
            sum += off * off;
        }
        return Math.Sqrt(sum / Pixels);
    }

    private double Difference(int a, int b)
    {
        var one = Frame(a);
        var other = Frame(b);
        var sum = 0;
        for (var i = 0; i < Pixels; i++)
        {
            sum += Math.Abs(one[i] - other[i]);
        }
        return sum / (219.0 * Pixels);
    }

    private static double Light(double value) => (value - 16) / 219;
}
