namespace McpI2V.Media.Text.Placing;

/// <summary>The colours of a frame's rim as a surface over the whole frame: each channel a polynomial of second degree.</summary>
internal sealed class RimSurface
{
    private const int Terms = 6;
    private readonly double[][] channels;
    private readonly int width;
    private readonly int height;

    private RimSurface(double[][] channels, int width, int height) => (this.channels, this.width, this.height) = (channels, width, height);

    /// <summary>How far the rim's own pixels lie from the surface: the distance that three quarters of them keep.</summary>
    public double Spread { get; private set; }

    /// <summary>Fits it to the rim, in two passes: a subject that reaches the edge is left out of the second.</summary>
    public static RimSurface Fit(ReadOnlySpan<byte> rgb, int width, int height)
    {
        var thick = Math.Max(2, Math.Min(width, height) / 24);
        List<(int X, int Y)> rim = [];
        for (var y = 0; y < height; y++)
        {
            for (var x = 0; x < width; x++)
            {
                if (x < thick || y < thick || x >= width - thick || y >= height - thick)
                {
                    rim.Add((x, y));
                }
            }
        }
        var surface = new RimSurface(Solve(rgb, rim, width, height), width, height);
        var distances = surface.Distances(rgb, rim);
        var far = Math.Max(8, 1.5 * distances.Order().ElementAt(distances.Count / 2));
        List<(int X, int Y)> kept = [.. rim.Where((_, i) => distances[i] <= far)];
        surface = new RimSurface(Solve(rgb, kept, width, height), width, height);
        distances = surface.Distances(rgb, rim);
        surface.Spread = distances.Order().ElementAt(distances.Count * 3 / 4);
        return surface;
    }

    /// <summary>How far a pixel's colour lies from the surface.</summary>
    public double Distance(ReadOnlySpan<byte> rgb, int x, int y)
    {
        Span<double> terms = stackalloc double[Terms];
        TermsOf(x, y, width, height, terms);
        var at = 3 * ((y * width) + x);
        var sum = 0.0;
        for (var channel = 0; channel < 3; channel++)
        {
            var value = 0.0;
            for (var i = 0; i < Terms; i++)
            {
                value += channels[channel][i] * terms[i];
            }
            var difference = rgb[at + channel] - Math.Clamp(value, 0, 255);
            sum += difference * difference;
        }
        return Math.Sqrt(sum);
    }

    private List<double> Distances(ReadOnlySpan<byte> rgb, List<(int X, int Y)> rim)
    {
        List<double> distances = new(rim.Count);
        foreach (var (x, y) in rim)
        {
            distances.Add(Distance(rgb, x, y));
        }
        return distances;
    }

    private static void TermsOf(int x, int y, int width, int height, Span<double> terms)
    {
        var (u, v) = (((double)x / width) - 0.5, ((double)y / height) - 0.5);
        (terms[0], terms[1], terms[2], terms[3], terms[4], terms[5]) = (1, u, v, u * u, v * v, u * v);
    }

    // Least squares by the normal equations, a little weight keeping them solvable for a rim of one colour.
    private static double[][] Solve(ReadOnlySpan<byte> rgb, List<(int X, int Y)> rim, int width, int height)
    {
        var matrix = new double[Terms, Terms + 3];
        Span<double> terms = stackalloc double[Terms];
        foreach (var (x, y) in rim)
        {
            TermsOf(x, y, width, height, terms);
            var at = 3 * ((y * width) + x);
            for (var i = 0; i < Terms; i++)
            {
                for (var j = 0; j < Terms; j++)
                {
                    matrix[i, j] += terms[i] * terms[j];
                }
                for (var channel = 0; channel < 3; channel++)
                {
                    matrix[i, Terms + channel] += terms[i] * rgb[at + channel];
                }
            }
        }
        for (var i = 1; i < Terms; i++)
        {
            matrix[i, i] += 0.002 * rim.Count;
        }
        for (var i = 0; i < Terms; i++)
        {
            var pivot = Math.Abs(matrix[i, i]) < 1e-9 ? 1e-9 : matrix[i, i];
            for (var row = 0; row < Terms; row++)
            {
                var factor = row == i ? 0 : matrix[row, i] / pivot;
                for (var column = i; column < Terms + 3 && factor != 0; column++)
                {
                    matrix[row, column] -= factor * matrix[i, column];
                }
            }
        }
        var solved = new double[3][];
        for (var channel = 0; channel < 3; channel++)
        {
            solved[channel] = new double[Terms];
            for (var i = 0; i < Terms; i++)
            {
                solved[channel][i] = matrix[i, Terms + channel] / (Math.Abs(matrix[i, i]) < 1e-9 ? 1e-9 : matrix[i, i]);
            }
        }
        return solved;
    }
}
