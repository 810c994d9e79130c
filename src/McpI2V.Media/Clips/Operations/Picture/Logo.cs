using McpI2V.Media.Clips.Grammar;
using McpI2V.Media.Ffmpeg;
using McpI2V.Media.Formats;
using McpI2V.Media.Text.Placing;

namespace McpI2V.Media.Clips.Operations.Picture;

/// <summary>Lays a still, usually a transparent PNG, over a corner of the picture.</summary>
internal sealed record Logo(StillSource Image, Logo.Corner Position, double Share, double Opacity, ClipMoment Start, ClipMoment? End)
    : IOverlayOperation
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

    public static OperationDefinition Definition { get; } = new(
        "logo",
        "Lays a still over the picture.",
        [Takes.Image, Takes.Position, Takes.Share, Takes.Opacity, Takes.Start, Takes.End],
        reader =>
        {
            var logo = new Logo(
                Takes.Image.Read(reader),
                Takes.Position.Read(reader),
                Takes.Share.Read(reader),
                Takes.Opacity.Read(reader),
                Takes.Start.Read(reader),
                Takes.End.Read(reader));
            ClipMoment.RequireOrder(logo.Start, logo.End);
            return logo;
        })
    {
        SpeaksForItself = true,
    };

    public string Name => Definition.Name;

    private static class Takes
    {
        public static readonly Member<StillSource> Image = Members.Still("image", "the logo, usually a transparent PNG");

        public static readonly Member<Corner> Position = Members.Choice("position", "where it stands", Corner.TopRight);

        public static readonly Member<double> Share = Members.Number("scale", "share of the width", 0.02, 1, 0.18);

        public static readonly Member<double> Opacity = Members.Number("opacity", "1 is opaque", 0.05, 1, 1);

        public static readonly Member<ClipMoment> Start = Members.Moment("start_seconds", "when it appears");

        public static readonly Member<ClipMoment?> End = Members.MomentOrEnd("end_seconds", "when it goes");
    }

    public string Place => SnakeCase.From(Position);

    public IReadOnlyList<ClipSpan> SeenOn(ClipShape before) => [ClipMoment.Span(Start, End, before)];

    public ClipShape Apply(ClipShape before)
    {
        SeenOn(before);
        return before;
    }

    public GraphClip Build(RecipeGraph graph, Func<GraphClip> before)
    {
        var clip = before();
        var width = Math.Max(2, (int)(clip.Shape.Size.Width * Share));
        var logo = graph.Chain(
            graph.AddStill(Image, clip.Shape.FramesPerSecond),
            $"scale={width}:-2:flags=lanczos,colorchannelmixer=aa={FfmpegCommand.Number(Opacity)}");
        var zone = SafeZone.Of(clip.Shape.Size);
        var rail = zone.Rails.Where(r => r.Bottom > zone.Free.Bottom).Select(r => r.Left).DefaultIfEmpty(zone.Free.Right).Min();
        var (left, right) = (FfmpegCommand.Number(zone.Free.Left), FfmpegCommand.Number(zone.Free.Right));
        var (top, bottom) = (FfmpegCommand.Number(zone.Free.Top), FfmpegCommand.Number(zone.Free.Bottom));
        var (x, y) = Position switch
        {
            Corner.TopLeft => ($"W*{left}", $"H*{top}"),
            Corner.BottomLeft => ($"W*{left}", $"H*{bottom}-h"),
            Corner.BottomRight => ($"W*{FfmpegCommand.Number(rail)}-w", $"H*{bottom}-h"),
            Corner.Center => ("(W-w)/2", "(H-h)/2"),
            _ => ($"W*{right}-w", $"H*{top}"),
        };
        var seen = ClipMoment.Span(Start, End, clip.Shape);
        var until = seen.End < clip.Shape.Duration ? seen.End : clip.Shape.Duration + TimeSpan.FromSeconds(1);
        var shown = $"between(t,{RecipeGraph.Seconds(seen.Start)},{RecipeGraph.Seconds(until)})";
        var video = graph.Chain(
            [clip.Video, logo],
            $"overlay={x}:{y}:shortest=1:enable='{shown}',format=yuv420p,settb=AVTB");
        return clip with { Video = video };
    }
}
