using McpI2V.Media.Clips;
using McpI2V.Media.Ffmpeg;
using McpI2V.Media.Geometry;

namespace McpI2V.Media.Stills;

/// <summary>
/// A picture continued by the colours of its edges, as a soft gradient: what stands there is backdrop, and nothing in it can be mirrored or
/// doubled. The picture itself fades into it over a narrow seam.
/// </summary>
internal static class EdgeFill
{
    // The colours along an edge: many where a calm one goes on from the picture, so that its horizon does, few farther out and where it is
    // busy, which would be streaks. How much of the picture's extent they are taken from, and the seam takes.
    private const int ColoursNear = 56;
    private const int ColoursFar = 12;
    private const int EdgePart = 60;
    private const int SeamPart = 28;

    /// <summary>The picture in the middle of a frame.</summary>
    /// <param name="graph">The graph being built.</param>
    /// <param name="inside">The picture, scaled to fit inside.</param>
    /// <param name="picture">Its shape.</param>
    /// <param name="size">The frame.</param>
    /// <param name="isCalm">True if the sides that go on are calm.</param>
    public static string Around(RecipeGraph graph, string inside, PixelSize picture, PixelSize size, bool isCalm)
    {
        var tall = picture.Ratio > size.Ratio;
        var shown = (tall
            ? new PixelSize(size.Width, (int)(size.Width / picture.Ratio))
            : new PixelSize((int)(size.Height * picture.Ratio), size.Height)).Even();
        var (edges, front) = graph.Twice(inside);
        var (first, last) = graph.Twice(edges);
        // Even: of three columns ffmpeg 5.1 makes one of other colours.
        var strip = $"max(2\\,2*floor({(tall ? "ih" : "iw")}/{2 * EdgePart}))";
        var (before, after) = tall
            ? (graph.Chain(first, $"crop=iw:{strip}:0:0"), graph.Chain(last, $"crop=iw:{strip}:0:ih-oh"))
            : (graph.Chain(first, $"crop={strip}:ih:0:0"), graph.Chain(last, $"crop={strip}:ih:iw-ow:0"));
        var added = tall ? (size.Height - shown.Height) / 2 : (size.Width - shown.Width) / 2;
        var extent = tall ? shown.Height : shown.Width;
        string behind;
        if (isCalm)
        {
            var (nearBefore, farBefore) = graph.Twice(before);
            var (nearAfter, farAfter) = graph.Twice(after);
            var near = Filled(graph, nearBefore, nearAfter, ColoursNear, size, tall);
            var far = Filled(graph, farBefore, farAfter, ColoursFar, size, tall);
            behind = graph.Chain(
                [far, Within(graph, near, size, -(int)(added * 0.6), added * 0.3, extent, tall)],
                "overlay=0:0:format=auto");
        }
        else
        {
            behind = graph.Chain(Filled(graph, before, after, ColoursFar, size, tall), "format=rgba");
        }
        var seam = Math.Max(2, extent / SeamPart);
        var picturePart = Within(graph, graph.Chain(front, $"scale={shown.Width}:{shown.Height}"), shown, seam, seam / 2.0, extent, tall);
        return graph.Chain([behind, picturePart], "overlay=(W-w)/2:(H-h)/2:format=auto");
    }

    private static string Filled(RecipeGraph graph, string before, string after, int colours, PixelSize size, bool tall)
    {
        var spread = tall
            ? $"scale={colours}:1:flags=area,scale={size.Width}:{(size.Height + 1) / 2}:flags=bilinear,setsar=1"
            : $"scale=1:{colours}:flags=area,scale={(size.Width + 1) / 2}:{size.Height}:flags=bilinear,setsar=1";
        return graph.Chain(
            [graph.Chain(before, spread), graph.Chain(after, spread)],
            $"{(tall ? "vstack" : "hstack")}=inputs=2,scale={size.Width}:{size.Height}");
    }

    // What lies within an extent in the middle of a frame, less an inset, faded out softly towards both added sides: the other two are the
    // frame's own.
    private static string Within(RecipeGraph graph, string video, PixelSize size, int inset, double sigma, int extent, bool tall)
    {
        var length = extent - (2 * inset);
        var soft = FfmpegCommand.Number(Math.Max(0.5, sigma));
        var box = tall
            ? $"drawbox=x=0:y=(ih-{length})/2:w=iw:h={length}:c=white:t=fill,gblur=sigma=0.01:sigmaV={soft}"
            : $"drawbox=x=(iw-{length})/2:y=0:w={length}:h=ih:c=white:t=fill,gblur=sigma={soft}:sigmaV=0.01";
        // drawbox's white is 235 on a grey plane, and the fill would shine through.
        var mask = graph.Chain([], $"color=c=black:s={size}:d=1,format=gray,{box},lut=y='min(255,val*255/235)'");
        return graph.Chain([graph.Chain(video, "format=rgba"), mask], "alphamerge");
    }
}
