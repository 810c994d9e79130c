using McpI2V.Media.Clips.Grammar;
using McpI2V.Media.Clips.Rendering;
using McpI2V.Media.Ffmpeg;
using McpI2V.Media.Formats;
using McpI2V.Media.Geometry;
using McpI2V.Media.Text.Layers;
using McpI2V.Media.Text.Placing;
using McpI2V.Media.Text.Setting;

namespace McpI2V.Media.Clips.Operations.Picture;

/// <summary>
/// Lays a still, usually a transparent PNG, over the picture: at its corner or as near to it as is clear of the subject and of words, in
/// another colour or on a scrim where it could not be seen.
/// </summary>
internal sealed record Logo(StillSource Image, LogoCorner Position, double Share, double Opacity, ClipMoment Start, ClipMoment? End)
    : IPlacedOperation
{
    public static OperationDefinition Definition { get; } = new(
        "logo",
        "Lays a still over the picture.",
        [Takes.Image, Takes.Position, Takes.Share, Takes.Opacity, Takes.Start, Takes.End, Takes.OnBeats],
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

        public static readonly Member<LogoCorner> Position = Members.Choice("position", "where it stands", LogoCorner.TopRight);

        public static readonly Member<double> Share = Members.Number("scale", "share of the width", 0.02, 1, 0.18);

        public static readonly Member<double> Opacity = Members.Number("opacity", "1 is opaque", 0.05, 1, 1);

        public static readonly Member<ClipMoment> Start = Members.Moment("start_seconds", "when it appears");

        public static readonly Member<ClipMoment?> End = Members.MomentOrEnd("end_seconds", "when it goes");

        // It is worked out before a recipe is kept.
        public static readonly Member<bool> OnBeats = Members.Flag("on_beats", "comes on a beat of the music under it").Finely();
    }

    public string Place => SnakeCase.From(Position);

    public IReadOnlyList<ClipSpan> SeenOn(ClipShape before) => [ClipMoment.Span(Start, End, before)];

    public ClipShape Apply(ClipShape before)
    {
        SeenOn(before);
        return before;
    }

    public async Task<TextResult> PlaceAsync(OverlayView view, CancellationToken cancellationToken)
    {
        var seen = SeenOn(view.Shape)[0];
        var (start, end) = (seen.Start.TotalSeconds, seen.End.TotalSeconds);
        var size = SizeOn(view.Shape.Size);
        var subject = SubjectMap.Of(view.Frames, start, end);
        var place = LogoPlace.Find(size, Position, view, subject, (start, end));
        var look = await LogoLook.OfAsync(Image, view.ReadAsync);
        var behind = Backing.Of(view.Frames, place.Area, start, end);
        var (ink, words) = look.On(behind, Opacity);
        return new TextResult
        {
            Place = LogoPlace.InPixels(place.Area, size, view.Shape.Size),
            Taken = [new TakenArea(place.Area, start, end)],
            Covers = place.Covers,
            Ink = ink,
            Moved = LogoPlace.Told(place, Position, words),
            Notes = [.. LogoPlace.Notes(place, Position)],
        };
    }

    public GraphClip Build(RecipeGraph graph, Func<GraphClip> before)
    {
        var clip = before();
        var frame = clip.Shape.Size;
        var size = SizeOn(frame);
        var found = graph.PlaceOf(this);
        var place = found?.Place ?? LogoPlace.InPixels(LogoPlace.Wanted(size, Position, frame), size, frame);
        var seen = SeenOn(clip.Shape)[0];
        var until = seen.End < clip.Shape.Duration ? seen.End : clip.Shape.Duration + TimeSpan.FromSeconds(1);
        var shown = $"shortest=1:enable='between(t,{RecipeGraph.Seconds(seen.Start)},{RecipeGraph.Seconds(until)})'";
        var video = found?.Ink is { Scrim: { } scrim } under
            ? Scrimmed(graph, clip, (place, scrim, under.Opacity), shown)
            : clip.Video;
        var coloured = found?.Ink?.Colour is { } colour ? $",lutrgb=r={colour.Red}:g={colour.Green}:b={colour.Blue}" : "";
        var logo = graph.Chain(
            graph.AddStill(Image, clip.Shape.FramesPerSecond),
            $"scale={size.Width}:{size.Height}:flags=lanczos{coloured},colorchannelmixer=aa={FfmpegCommand.Number(Opacity)}");
        return clip with
        {
            Video = graph.Chain([video, logo], $"overlay={place.X}:{place.Y}:{shown},format=yuv420p,settb=AVTB"),
        };
    }

    // Soft at its edge, so that it is a shade of the picture and no box.
    private static string Scrimmed(RecipeGraph graph, GraphClip clip, (LayerPlace Place, Colour Colour, double Opacity) scrim, string shown)
    {
        var place = scrim.Place;
        var soft = Math.Max(12, (int)(Math.Min(place.Width, place.Height) * 0.7) / 2 * 2);
        var colour = $"{scrim.Colour.Hex}@{FfmpegCommand.Number(scrim.Opacity)}";
        var shade = graph.Chain(
            [],
            $"color=c={colour}:s={place.Width + soft}x{place.Height + soft}:r={FfmpegCommand.Number(clip.Shape.FramesPerSecond)}:d=1," +
                $"format=rgba,trim=end_frame=1,pad=iw+{2 * soft}:ih+{2 * soft}:{soft}:{soft}:color={scrim.Colour.Hex}@0," +
                $"gblur=sigma={FfmpegCommand.Number(soft / 2.6)}:steps=3:planes=8," +
                $"loop=loop=-1:size=1,setpts=N/({FfmpegCommand.Number(clip.Shape.FramesPerSecond)}*TB)");
        var edge = (soft / 2) + soft;
        return graph.Chain([clip.Video, shade], $"overlay={place.X - edge}:{place.Y - edge}:{shown},format=yuv420p,settb=AVTB");
    }

    private PixelSize SizeOn(PixelSize frame)
    {
        var width = Math.Max(2, (int)(frame.Width * Share));
        return new PixelSize(width, Math.Max(2, (int)Math.Round(width / Image.Size.Ratio / 2) * 2));
    }
}
