namespace McpI2V.Media.Camera.Matching;

/// <summary>A grid of points over a subject, to be compared with where it may be in another picture.</summary>
internal sealed class Patch
{
    private readonly float[] values;
    private readonly float[] other;
    private readonly int points;

    private Patch(float[] values, int points)
    {
        (this.values, this.points) = (values, points);
        other = new float[values.Length];
        Normalize(values);
    }

    /// <summary>The points of a picture's subject.</summary>
    public static Patch Of(Grey picture, Subject subject, int points)
    {
        var values = new float[points * points];
        Fill(picture, subject, new Guess(1, 0, 0, 0), points, values);
        return new Patch(values, points);
    }

    /// <summary>How alike both are, -1 to 1, whatever the light.</summary>
    public double LikenessTo(Grey picture, Subject subject, Guess guess)
    {
        Fill(picture, subject, guess, points, other);
        Normalize(other);
        double sum = 0;
        for (var i = 0; i < values.Length; i++)
        {
            sum += values[i] * other[i];
        }
        return sum;
    }

    private static void Fill(Grey picture, Subject subject, Guess guess, int points, float[] values)
    {
        for (var row = 0; row < points; row++)
        {
            var y = (guess.Scale * (subject.Top + (subject.Height * (row + 0.5) / points))) + guess.ShiftY;
            for (var column = 0; column < points; column++)
            {
                var x = (guess.Scale * (subject.Left + (subject.Width * (column + 0.5) / points))) + guess.ShiftX;
                values[(row * points) + column] = picture.At(x, y);
            }
        }
    }

    // Their mean is taken off, and together they are as long as one.
    private static void Normalize(float[] of)
    {
        var mean = of.Average();
        var length = 0f;
        for (var i = 0; i < of.Length; i++)
        {
            of[i] -= mean;
            length += of[i] * of[i];
        }
        length = MathF.Sqrt(length);
        for (var i = 0; i < of.Length && length > 0; i++)
        {
            of[i] /= length;
        }
    }
}
