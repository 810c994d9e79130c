using McpI2V.Media.Camera.Sampling;
using McpI2V.Media.CutOuts;

namespace McpI2V.Media.Camera.Matching;

/// <summary>A small grey picture; places are in shares of its width, also downwards.</summary>
internal sealed class Grey
{
    private const double Surroundings = 0.06;
    private readonly float[] values;

    private Grey(int width, int height, float[] values) => (Width, Height, this.values) = (width, height, values);

    public int Width { get; }

    public int Height { get; }

    /// <summary>The height in shares of the width.</summary>
    public double Ratio => (double)Height / Width;

    public float this[int x, int y] => values[(y * Width) + x];

    /// <summary>A plane made smaller, each value the mean of what it stands for.</summary>
    public static Grey From(Plane plane, int longestSide)
    {
        var step = Math.Max(1, (double)Math.Max(plane.Width, plane.Height) / longestSide);
        var (width, height) = (Math.Max(2, (int)Math.Round(plane.Width / step)), Math.Max(2, (int)Math.Round(plane.Height / step)));
        var grey = new Grey(width, height, new float[width * height]);
        for (var y = 0; y < grey.Height; y++)
        {
            var (top, bottom) = Part(y, plane.Height, grey.Height);
            for (var x = 0; x < grey.Width; x++)
            {
                var (left, right) = Part(x, plane.Width, grey.Width);
                var sum = 0;
                for (var row = top; row < bottom; row++)
                {
                    foreach (var sample in plane.Samples.AsSpan(plane.Offset(left, row), right - left))
                    {
                        sum += sample;
                    }
                }
                grey.values[(y * grey.Width) + x] = (float)sum / ((bottom - top) * (right - left));
            }
        }
        return grey;
    }

    /// <summary>What stands out from its surroundings: the same thing before a light wall and before a dark one.</summary>
    /// <param name="scale">How large the thing is against the other picture's: its surroundings are as much smaller.</param>
    public Grey Detail(double scale = 1)
    {
        const float Strongest = 40;
        var around = BoxMean.Of(values, Width, Height, Math.Max(1, (int)Math.Round(Surroundings * scale * Width)));
        return new Grey(Width, Height, [.. values.Select((v, i) => Math.Clamp(v - around[i], -Strongest, Strongest))]);
    }

    /// <summary>The value at a place between four; past the edge the edge's.</summary>
    public float At(double x, double y)
    {
        var across = Math.Clamp((x * Width) - 0.5, 0, Width - 1.001);
        var down = Math.Clamp((y * Width) - 0.5, 0, Height - 1.001);
        var (column, row) = ((int)across, (int)down);
        var (right, below) = ((float)(across - column), (float)(down - row));
        var at = (row * Width) + column;
        var upper = values[at] + ((values[at + 1] - values[at]) * right);
        var lower = values[at + Width] + ((values[at + Width + 1] - values[at + Width]) * right);
        return upper + ((lower - upper) * below);
    }

    private static (int From, int To) Part(int index, int length, int parts)
    {
        var from = index * length / parts;
        return (from, Math.Max(from + 1, (index + 1) * length / parts));
    }
}
