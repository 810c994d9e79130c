namespace McpI2V.Media.Grading.Light;

/// <summary>
/// Another light on the scene: gains on the eye's three receptors (von Kries, by the Bradford matrix), from a colour temperature on the
/// curve of black bodies and a tint across it. White keeps its luminance, and every grey gets the same cast.
/// </summary>
internal sealed class WhiteBalance
{
    // The screen's white, and how far both ends of the scale lie from it: 4,200 K and 15,000 K. A mired looks alike everywhere.
    private const double NeutralMired = 1_000_000 / 6504.0;
    private const double MiredReach = 85;
    private const double TintReach = 0.022;

    private static readonly double[,] ToCones = Product(
        new[,] { { 0.8951, 0.2664, -0.1614 }, { -0.7502, 1.7135, 0.0367 }, { 0.0389, -0.0685, 1.0296 } },
        new[,] { { 0.4124564, 0.3575761, 0.1804375 }, { 0.2126729, 0.7151522, 0.0721750 }, { 0.0193339, 0.1191920, 0.9503041 } });

    private static readonly double[,] FromCones = Inverse(ToCones);

    private readonly double[,] matrix;

    /// <summary>A balance.</summary>
    /// <param name="temperature">-1 cool to 1 warm.</param>
    /// <param name="tint">-1 green to 1 magenta.</param>
    public WhiteBalance(double temperature, double tint)
    {
        var from = Cones(NeutralMired, 0);
        var to = Cones(NeutralMired + (temperature * MiredReach), -tint * TintReach);
        var gains = new[,] { { to[0] / from[0], 0, 0 }, { 0, to[1] / from[1], 0 }, { 0, 0, to[2] / from[2] } };
        matrix = Product(FromCones, Product(gains, ToCones));
        var white = Apply(new Rgb(1, 1, 1)).Luminance;
        for (var i = 0; i < 9; i++)
        {
            matrix[i / 3, i % 3] /= white;
        }
    }

    /// <summary>Linear light under the other light.</summary>
    public Rgb Apply(Rgb light) => new(
        Math.Max(0, (matrix[0, 0] * light.Red) + (matrix[0, 1] * light.Green) + (matrix[0, 2] * light.Blue)),
        Math.Max(0, (matrix[1, 0] * light.Red) + (matrix[1, 1] * light.Green) + (matrix[1, 2] * light.Blue)),
        Math.Max(0, (matrix[2, 0] * light.Red) + (matrix[2, 1] * light.Green) + (matrix[2, 2] * light.Blue)));

    // The tint goes straight across the curve in CIE 1960, where temperatures are defined.
    private static double[] Cones(double mired, double across)
    {
        var (u, v) = Uv(mired);
        var (nextU, nextV) = Uv(mired + 0.5);
        var length = Math.Sqrt(((nextU - u) * (nextU - u)) + ((nextV - v) * (nextV - v)));
        (u, v) = (u - (across * (nextV - v) / length), v + (across * (nextU - u) / length));
        var (x, y) = (3 * u / ((2 * u) - (8 * v) + 4), 2 * v / ((2 * u) - (8 * v) + 4));
        var (bigX, bigZ) = (x / y, (1 - x - y) / y);
        return
        [
            (0.8951 * bigX) + 0.2664 - (0.1614 * bigZ),
            (-0.7502 * bigX) + 1.7135 + (0.0367 * bigZ),
            (0.0389 * bigX) - 0.0685 + (1.0296 * bigZ),
        ];
    }

    // Krystek, "An algorithm to calculate correlated colour temperature", 1985: 1,000 to 15,000 K within 0.0001.
    private static (double U, double V) Uv(double mired)
    {
        var kelvin = 1_000_000 / mired;
        var square = kelvin * kelvin;
        return (
            (0.860117757 + (1.54118254e-4 * kelvin) + (1.28641212e-7 * square))
                / (1 + (8.42420235e-4 * kelvin) + (7.08145163e-7 * square)),
            (0.317398726 + (4.22806245e-5 * kelvin) + (4.20481691e-8 * square))
                / (1 - (2.89741816e-5 * kelvin) + (1.61456053e-7 * square)));
    }

    private static double[,] Product(double[,] a, double[,] b)
    {
        var product = new double[3, 3];
        for (var i = 0; i < 9; i++)
        {
            var (row, column) = (i / 3, i % 3);
            product[row, column] = (a[row, 0] * b[0, column]) + (a[row, 1] * b[1, column]) + (a[row, 2] * b[2, column]);
        }
        return product;
    }

    private static double[,] Inverse(double[,] m)
    {
        double Minor(int row, int column)
        {
            var (r1, r2, c1, c2) = ((row + 1) % 3, (row + 2) % 3, (column + 1) % 3, (column + 2) % 3);
            return (m[r1, c1] * m[r2, c2]) - (m[r1, c2] * m[r2, c1]);
        }
        var determinant = (m[0, 0] * Minor(0, 0)) + (m[0, 1] * Minor(0, 1)) + (m[0, 2] * Minor(0, 2));
        var inverse = new double[3, 3];
        for (var i = 0; i < 9; i++)
        {
            inverse[i / 3, i % 3] = Minor(i % 3, i / 3) / determinant;
        }
        return inverse;
    }
}
