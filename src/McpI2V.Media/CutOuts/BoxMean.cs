namespace McpI2V.Media.CutOuts;

/// <summary>Means over squares around every pixel, in a time that does not depend on their size.</summary>
internal static class BoxMean
{
    /// <summary>The mean of values within a distance, those outside the picture left out.</summary>
    public static float[] Of(float[] values, int width, int height, int radius)
    {
        var across = new float[values.Length];
        for (var y = 0; y < height; y++)
        {
            Line(values, across, y * width, 1, width, radius);
        }
        var made = new float[values.Length];
        for (var x = 0; x < width; x++)
        {
            Line(across, made, x, width, height, radius);
        }
        return made;
    }

    private static void Line(float[] from, float[] to, int start, int step, int length, int radius)
    {
        double sum = 0;
        var count = 0;
        for (var i = 0; i < Math.Min(radius, length); i++)
        {
            sum += from[start + (i * step)];
            count++;
        }
        for (var i = 0; i < length; i++)
        {
            if (i + radius < length)
            {
                sum += from[start + ((i + radius) * step)];
                count++;
            }
            if (i - radius - 1 >= 0)
            {
                sum -= from[start + ((i - radius - 1) * step)];
                count--;
            }
            to[start + (i * step)] = (float)(sum / count);
        }
    }
}
