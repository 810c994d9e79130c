using System.Runtime.InteropServices;

namespace McpI2V.Media.Camera.Matching;

/// <summary>The part of a picture in which nearly all of its detail lies, in shares of the picture's width.</summary>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct Subject(double Left, double Top, double Width, double Height)
{
    private const double Detail = 0.94;

    // Below it a picture is one surface.
    private const double LeastContrast = 2;

    public double MiddleX => Left + (Width / 2);

    public double MiddleY => Top + (Height / 2);

    /// <summary>Where it is; null in a picture without detail.</summary>
    public static Subject? Of(Grey picture)
    {
        var (columns, rows) = (new double[picture.Width], new double[picture.Height]);
        var all = 0.0;
        for (var y = 1; y < picture.Height; y++)
        {
            for (var x = 1; x < picture.Width; x++)
            {
                var edge = Math.Abs(picture[x, y] - picture[x - 1, y]) + Math.Abs(picture[x, y] - picture[x, y - 1]);
                // A gradient is no detail.
                var detail = Math.Max(0, edge - 4);
                columns[x] += detail;
                rows[y] += detail;
                all += detail;
            }
        }
        if (all < LeastContrast * picture.Width)
        {
            return null;
        }
        var (left, right) = Inner(columns, all);
        var (top, bottom) = Inner(rows, all);
        var one = 1.0 / picture.Width;
        return new Subject(left * one, top * one, Math.Max(4, right - left) * one, Math.Max(4, bottom - top) * one);
    }

    private static (int From, int To) Inner(double[] detail, double all)
    {
        var (from, to) = (0, detail.Length);
        var rest = (1 - Detail) / 2 * all;
        for (var sum = detail[0]; sum < rest && from < to - 1; sum += detail[from])
        {
            from++;
        }
        for (var sum = detail[^1]; sum < rest && to > from + 1; sum += detail[to - 1])
        {
            to--;
        }
        return (from, to);
    }
}
