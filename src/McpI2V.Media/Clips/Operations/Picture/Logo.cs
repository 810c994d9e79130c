using McpI2V.Media.Ffmpeg;
using McpI2V.Media.Formats;

namespace McpI2V.Media.Clips.Operations.Picture;

/// <summary>Lays a still, usually a transparent PNG, over a corner of the picture.</summary>
internal sealed record Logo(StillSource Image, Logo.Corner Position, double Share, double Opacity, TimeSpan Start, TimeSpan? End)
    : IClipOperation
{
    /// <summary>Where it stands, inside the margins that the apps leave free.</summary>
    internal enum Corner
    {
        TopLeft,
        TopRight,
        BottomLeft,
        BottomRight,
        Center,
    }

    public string Name => "logo";

    public static IClipOperation Read(OperationReader reader) =>
        new Logo(
            reader.Sources.Still(reader.RequiredText("image")),
            reader.Choice("position", Corner.TopRight),
            reader.Number("scale", 0.02, 1) ?? 0.18,
            reader.Number("opacity", 0.05, 1) ?? 1,
            reader.Time("start_seconds") ?? TimeSpan.Zero,
            reader.Time("end_seconds"));

    public ClipShape Apply(ClipShape before) => before;

    public GraphClip Build(RecipeGraph graph, Func<GraphClip> before)
    {
        var clip = before();
        var width = Math.Max(2, (int)(clip.Shape.Size.Width * Share));
        var logo = graph.Chain(
            graph.AddStill(Image, clip.Shape.FramesPerSecond),
            $"scale={width}:-2:flags=lanczos,colorchannelmixer=aa={FfmpegCommand.Number(Opacity)}");
        var (x, y) = Position switch
        {
            Corner.TopLeft => ("W*0.05", "H*0.06"),
            Corner.BottomLeft => ("W*0.05", "H*0.90-h"),
            Corner.BottomRight => ("W*0.95-w", "H*0.90-h"),
            Corner.Center => ("(W-w)/2", "(H-h)/2"),
            _ => ("W*0.95-w", "H*0.06"),
        };
        var until = RecipeGraph.Seconds(End ?? clip.Shape.Duration + TimeSpan.FromSeconds(1));
        var video = graph.Chain(
            [clip.Video, logo],
            $"overlay={x}:{y}:shortest=1:enable='between(t,{RecipeGraph.Seconds(Start)},{until})',format=yuv420p,settb=AVTB");
        return clip with { Video = video };
    }
}
