namespace McpI2V.Media.CutOuts;

/// <summary>
/// The backdrop as the picture's border shows it: a curved surface of colour (a studio's light falls off), fitted again and again without
/// what stands out from it, for a subject may touch the border.
/// </summary>
internal sealed class PlainBackdrop
{
    private const int Terms = 6;
    private const int Rounds = 6;
    private const float NoisiestLevels = 11;
    private const double FewestInside = 0.55;

    private readonly double[][] surface;
    private readonly Photo photo;

    private PlainBackdrop(Photo photo, double[][] surface, float noise) => (this.photo, this.surface, Noise) = (photo, surface, noise);

    /// <summary>How far its own pixels lie from it, in levels.</summary>
    public float Noise { get; }

    /// <summary>What it would show at a pixel.</summary>
    public (float Red, float Green, float Blue) At(int at)
    {
        Span<double> terms = stackalloc double[Terms];
        Place(at, terms);
        return ((float)Value(surface[0], terms), (float)Value(surface[1], terms), (float)Value(surface[2], terms));
    }

    /// <summary>Finds the backdrop.</summary>
    /// <exception cref="MediaException">The border shows no plain one; the message says what to do.</exception>
    public static PlainBackdrop Of(Photo photo)
    {
        var border = Border(photo);
        var backdrop = new PlainBackdrop(photo, [new double[Terms], new double[Terms], new double[Terms]], 255);
        var inside = border;
        for (var round = 0; round < Rounds; round++)
        {
            backdrop = new PlainBackdrop(photo, backdrop.Fit(inside), 0);
            var distances = border.Select(backdrop.Distance).ToArray();
            var typical = Median(inside.Select(backdrop.Distance).ToArray());
            var reach = Math.Max(6, 3.5f * typical);
            inside = [.. border.Where((_, i) => distances[i] <= reach)];
            if (inside.Count < border.Count * FewestInside)
            {
                throw Busy();
            }
            backdrop = new PlainBackdrop(photo, backdrop.surface, Math.Max(1, typical));
        }
        return backdrop.Noise <= NoisiestLevels ? backdrop : throw Busy();
    }

    /// <summary>How far a pixel is from the backdrop there, in levels.</summary>
    public float Distance(int at)
    {
        var (red, green, blue) = At(at);
        return photo.Distance(at, red, green, blue);
    }

    private static MediaException Busy() => new(
        MediaFault.OutOfRange,
        "the picture's border shows no plain backdrop (one colour, or one that changes softly), so what is subject can't be told. Give a " +
            "photograph before a plain wall or sheet, with some of it on every side; or let a model remove the background (list_models " +
            "with kind image_edit)");

    private static List<int> Border(Photo photo)
    {
        var band = Math.Max(2, Math.Min(photo.Width, photo.Height) / 40);
        var step = Math.Max(1, Math.Min(photo.Width, photo.Height) / 400);
        List<int> border = [];
        for (var y = 0; y < photo.Height; y += step)
        {
            for (var x = 0; x < photo.Width; x += step)
            {
                if (x < band || y < band || x >= photo.Width - band || y >= photo.Height - band)
                {
                    border.Add((y * photo.Width) + x);
                }
            }
        }
        return border;
    }

    private void Place(int at, Span<double> terms)
    {
        var (x, y) = ((2.0 * (at % photo.Width) / photo.Width) - 1, (2.0 * (at / photo.Width) / photo.Height) - 1);
        (terms[0], terms[1], terms[2], terms[3], terms[4], terms[5]) = (1, x, y, x * y, x * x, y * y);
    }

    private double[][] Fit(List<int> pixels)
    {
        var normal = new double[Terms, Terms + 3];
        Span<double> terms = stackalloc double[Terms];
        foreach (var at in pixels)
        {
            Place(at, terms);
            for (var row = 0; row < Terms; row++)
            {
                for (var column = 0; column < Terms; column++)
                {
                    normal[row, column] += terms[row] * terms[column];
                }
                for (var channel = 0; channel < 3; channel++)
                {
                    normal[row, Terms + channel] += terms[row] * photo.Rgb[(3 * at) + channel];
                }
            }
        }
        for (var i = 0; i < Terms; i++)
        {
            normal[i, i] += 1e-6 * pixels.Count;
        }
        return Solve(normal);
    }

    // Gauss and Jordan; the matrix is symmetric and positive.
    private static double[][] Solve(double[,] normal)
    {
        for (var pivot = 0; pivot < Terms; pivot++)
        {
            for (var row = 0; row < Terms; row++)
            {
                var factor = row == pivot ? 0 : normal[row, pivot] / normal[pivot, pivot];
                for (var column = pivot; factor != 0 && column < Terms + 3; column++)
                {
                    normal[row, column] -= factor * normal[pivot, column];
                }
            }
        }
        return [.. Enumerable.Range(0, 3).Select(channel =>
            Enumerable.Range(0, Terms).Select(row => normal[row, Terms + channel] / normal[row, row]).ToArray())];
    }

    private static double Value(double[] surface, ReadOnlySpan<double> terms)
    {
        double value = 0;
        for (var i = 0; i < Terms; i++)
        {
            value += surface[i] * terms[i];
        }
        return value;
    }

    private static float Median(float[] values)
    {
        Array.Sort(values);
        return values.Length == 0 ? 255 : values[values.Length / 2];
    }
}
