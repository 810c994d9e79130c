namespace McpI2V.Media.Previews;

/// <summary>
/// What a picture looks like, coarsely: a grid of colours for each of its moments. Enough to say in words how bright it is, where it moves
/// and what changed; small enough to be kept with every asset.
/// </summary>
public sealed class Look
{
    /// <summary>How many moments of a clip are looked at.</summary>
    public const int Moments = 3;

    /// <summary>The grid's cells along each side; three thirds of four.</summary>
    public const int Side = 12;

    private const int Third = Side / 3;
    private const int Channels = 3;
    private const int BytesOfMoment = Side * Side * Channels;
    private readonly byte[] rgb;
    private readonly int moments;

    private Look(byte[] rgb) => (this.rgb, moments) = (rgb, rgb.Length / BytesOfMoment);

    /// <summary>True for a still.</summary>
    public bool IsStill => moments == 1;

    /// <summary>From black (0) to white (1).</summary>
    public double Brightness => Mean() is var mean ? (0.2126 * mean.Red) + (0.7152 * mean.Green) + (0.0722 * mean.Blue) : 0;

    /// <summary>How much more red than blue there is, from -1 to 1.</summary>
    public double Warmth => Mean() is var mean ? mean.Red - mean.Blue : 0;

    /// <summary>Reads what was kept; null if it is none.</summary>
    /// <param name="rgb">The cells of each moment, row by row across all moments, red, green and blue.</param>
    public static Look? FromBytes(byte[] rgb) => rgb.Length is BytesOfMoment or BytesOfMoment * Moments ? new Look(rgb) : null;

    /// <summary>What is kept.</summary>
    public byte[] ToBytes() => rgb;

    /// <summary>Its first moment by itself.</summary>
    public Look First() => new([.. Enumerable.Range(0, Side).SelectMany(y => rgb.Skip(Offset((0, 0, y))).Take(Side * Channels))]);

    /// <summary>How much each third of the frame changes from moment to moment, 0 to 1; row by row, nine of them.</summary>
    public IReadOnlyList<double> Motion() => Thirds((x, y) => Enumerable.Range(1, Math.Max(0, moments - 1))
        .Select(m => Distance((m, x, y), this, (m - 1, x, y)))
        .DefaultIfEmpty()
        .Max());

    /// <summary>How much each third of the frame differs from another's at the same moment, 0 to 1; row by row, nine of them.</summary>
    public IReadOnlyList<double> Against(Look other) => Thirds((x, y) => Enumerable.Range(0, moments)
        .Average(m => Distance((m, x, y), other, (Math.Min(m, other.moments - 1), x, y))));

    private static double[] Thirds(Func<int, int, double> cell)
    {
        var thirds = new double[9];
        for (var y = 0; y < Side; y++)
        {
            for (var x = 0; x < Side; x++)
            {
                thirds[(y / Third * 3) + (x / Third)] += cell(x, y) / (Third * Third);
            }
        }
        return thirds;
    }

    private double Distance((int Moment, int X, int Y) at, Look other, (int Moment, int X, int Y) there)
    {
        var (a, b) = (Offset(at), other.Offset(there));
        var sum = 0;
        for (var channel = 0; channel < Channels; channel++)
        {
            sum += Math.Abs(rgb[a + channel] - other.rgb[b + channel]);
        }
        return sum / (255.0 * Channels);
    }

    private int Offset((int Moment, int X, int Y) at) => ((at.Y * moments * Side) + (at.Moment * Side) + at.X) * Channels;

    private (double Red, double Green, double Blue) Mean()
    {
        var sums = new long[Channels];
        for (var i = 0; i < rgb.Length; i++)
        {
            sums[i % Channels] += rgb[i];
        }
        var scale = 255.0 * rgb.Length / Channels;
        return (sums[0] / scale, sums[1] / scale, sums[2] / scale);
    }
}
