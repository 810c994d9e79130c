using McpI2V.Media.Clips;
using McpI2V.Media.Ffmpeg;
using McpI2V.Media.Geometry;

namespace McpI2V.Media.Stills;

/// <summary>What a cut-out stands on: its shadow, and its mirror image in a polished table.</summary>
internal sealed class Ground(RecipeGraph graph, AlphaBounds bounds, PixelSize size, int left, int top)
{
    // A mirror image fades within a third of the height.
    private const double Mirrored = 0.34;
    private const double Polish = 0.34;

    private int Foot => top + (int)(size.Height * bounds.Bottom);

    /// <summary>A soft pool under all of it, and a dark line where its foot stands.</summary>
    public (string Under, string CutOut) Shade(string under, string cutOut)
    {
        var (shape, pool, line) = (graph.NewLabel(), graph.NewLabel(), graph.NewLabel());
        graph.Raw($"[{cutOut}]split=3[{shape}][{pool}][{line}]");
        var flat = Math.Max(4, size.Height / 16);
        under = Cast(under, pool, bounds.Left, bounds.Right, 1.04, flat, 0.5, 0.62);
        return (Cast(under, line, bounds.FootLeft, bounds.FootRight, 1, Math.Max(3, size.Height / 60), 0.75, 0.7), shape);
    }

    /// <summary>Its mirror image below it.</summary>
    public (string Under, string CutOut) Reflect(string under, string cutOut)
    {
        var (shape, other) = graph.Twice(cutOut);
        var high = Math.Max(2, (int)(size.Height * Math.Min(Mirrored, bounds.Bottom)));
        var mirror = graph.Chain(
            other,
            $"crop=iw:{high}:0:{Math.Max(0, (int)(size.Height * bounds.Bottom) - high)},vflip,format=rgba," +
                $"geq=r='r(X,Y)':g='g(X,Y)':b='b(X,Y)':a='alpha(X,Y)*{FfmpegCommand.Number(Polish)}*pow(1-Y/H,2)'," +
                $"gblur=sigma={FfmpegCommand.Number(size.Height / 500.0)}:steps=2");
        return (graph.Chain([under, mirror], $"overlay={left}:{Foot}:format=auto"), shape);
    }

    private string Cast(string under, string shape, double from, double to, double wider, int flat, double depth, double above)
    {
        var edge = flat * 2;
        var wide = Math.Max(4, (int)(size.Width * (to - from) * wider));
        var cast = graph.Chain(
            shape,
            $"crop=iw*{FfmpegCommand.Number(to - from)}:ih*{FfmpegCommand.Number(bounds.Bottom)}:" +
                $"iw*{FfmpegCommand.Number(from)}:0,scale={wide}:{flat}:flags=area,colorchannelmixer=rr=0:rg=0:rb=0:gr=0:" +
                $"gg=0:gb=0:br=0:bg=0:bb=0:aa={FfmpegCommand.Number(depth)}," +
                $"pad=iw+{2 * edge}:ih+{2 * edge}:{edge}:{edge}:color=black@0,gblur=sigma={FfmpegCommand.Number(flat / 2.5)}:steps=3");
        var middle = left + (size.Width * (from + to) / 2);
        return graph.Chain(
            [under, cast],
            $"overlay={(int)(middle - (wide / 2.0)) - edge}:{Foot - (int)(flat * above) - edge}:format=auto");
    }
}
