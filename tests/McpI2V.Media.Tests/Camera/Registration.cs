namespace McpI2V.Media.Tests.Camera;

/// <summary>Finds by how much one picture is shifted against another, by least squares on gradients, refined a few times.</summary>
internal static class Registration
{
    public static double ShiftX(byte[] first, byte[] second, int width, int height)
    {
        double shift = 0;
        for (var round = 0; round < 12; round++)
        {
            double numerator = 0, denominator = 0;
            for (var y = 20; y < height - 20; y++)
            {
                for (var x = 20; x < width - 20; x++)
                {
                    var at = x + shift;
                    var index = (int)Math.Floor(at);
                    var part = at - index;
                    var row = y * width;
                    double Value(int i) => first[row + Math.Clamp(index + i, 0, width - 1)];
                    var value = Cubic(Value(-1), Value(0), Value(1), Value(2), part);
                    var gradient = (Cubic(Value(-1), Value(0), Value(1), Value(2), part + 0.01) - value) / 0.01;
                    numerator += gradient * (second[row + x] - value);
                    denominator += gradient * gradient;
                }
            }
            shift += numerator / denominator;
        }
        return shift;
    }

    private static double Cubic(double a, double b, double c, double d, double t) =>
        b + (0.5 * t * (c - a + (t * ((2 * a) - (5 * b) + (4 * c) - d + (t * ((3 * (b - c)) + d - a))))));
}
