using McpI2V.Media.Clips;
using McpI2V.Media.Geometry;

namespace McpI2V.Media.Stills;

/// <summary>
/// A picture continued by the colours of its edges, as a soft gradient: what stands there is backdrop, and nothing in it can be mirrored or
/// doubled. The picture itself fades into it over a narrow seam.
/// </summary>
internal static class EdgeFill
{
    // The colours along an edge, and how much of the picture's extent they are taken from and the seam takes.
    private const int ColoursAlong = 12;
    private const int EdgePart = 60;
    private const int SeamPart = 28;

    /// <summary>The picture in the middle of a frame.</summary>
    /// <param name="graph">The graph being built.</param>
    /// <param name="inside">The picture, scaled to fit inside.</param>
    /// <param name="picture">Its shape.</param>
    /// <param name="size">The frame.</param>
    public static string Around(RecipeGraph graph, string inside, PixelSize picture, PixelSize size)
    {
        var tall = picture.Ratio > size.Ratio;
        var (first, last, front) = (graph.NewLabel(), graph.NewLabel(), graph.NewLabel());
        graph.Raw($"[{inside}]split=3[{first}][{last}][{front}]");
        var (before, after) = tall
            ? (graph.Chain(first, $"crop=iw:max(2\\,ih/{EdgePart}):0:0,{Spread(size, tall)}"),
                graph.Chain(last, $"crop=iw:max(2\\,ih/{EdgePart}):0:ih-oh,{Spread(size, tall)}"))
            : (graph.Chain(first, $"crop=max(2\\,iw/{EdgePart}):ih:0:0,{Spread(size, tall)}"),
                graph.Chain(last, $"crop=max(2\\,iw/{EdgePart}):ih:iw-ow:0,{Spread(size, tall)}"));
        var behind = graph.Chain(
            [before, after],
            $"{(tall ? "vstack" : "hstack")}=inputs=2,scale={size.Width}:{size.Height},format=rgba");
        return graph.Chain([behind, Feathered(graph, front, picture, size, tall)], "overlay=(W-w)/2:(H-h)/2:format=auto");
    }

    private static string Spread(PixelSize size, bool tall) => tall
        ? $"scale={ColoursAlong}:1:flags=area,scale={size.Width}:{(size.Height + 1) / 2}:flags=bicubic,setsar=1"
        : $"scale=1:{ColoursAlong}:flags=area,scale={(size.Width + 1) / 2}:{size.Height}:flags=bicubic,setsar=1";

    // Only towards what is added: the other two sides are the frame's own.
    private static string Feathered(RecipeGraph graph, string front, PixelSize picture, PixelSize size, bool tall)
    {
        var shown = tall
            ? new PixelSize(size.Width, (int)(size.Width / picture.Ratio))
            : new PixelSize((int)(size.Height * picture.Ratio), size.Height);
        shown = shown.Even();
        var seam = Math.Max(2, (tall ? shown.Height : shown.Width) / SeamPart);
        var box = tall
            ? $"drawbox=x=0:y={seam}:w=iw:h=ih-{2 * seam}:c=white:t=fill,gblur=sigma=0.01:sigmaV={seam / 2}"
            : $"drawbox=x={seam}:y=0:w=iw-{2 * seam}:h=ih:c=white:t=fill,gblur=sigma={seam / 2}:sigmaV=0.01";
        // drawbox's white is 235 on a grey plane, and the fill would shine through.
        var mask = graph.Chain([], $"color=c=black:s={shown}:d=1,format=gray,{box},lut=y='min(255,val*255/235)'");
        return graph.Chain([graph.Chain(front, $"scale={shown.Width}:{shown.Height},format=rgba"), mask], "alphamerge");
    }
}
