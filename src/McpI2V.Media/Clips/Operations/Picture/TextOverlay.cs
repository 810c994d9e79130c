using McpI2V.Media.Clips.Grammar;
using McpI2V.Media.Text;

namespace McpI2V.Media.Clips.Operations.Picture;

/// <summary>Sets a line of text over the picture for a while, or throughout.</summary>
internal sealed record TextOverlay(string Text, TextPosition Position, ClipMoment Start, ClipMoment? End, TextStyle Style)
    : IOverlayOperation
{
    public static OperationDefinition Definition { get; } = new(
        "text",
        "Sets words over the picture.",
        [Takes.Text, Takes.Position, Takes.Start, Takes.End, Takes.Style],
        reader =>
        {
            var overlay = new TextOverlay(
                Takes.Text.Read(reader),
                Takes.Position.Read(reader),
                Takes.Start.Read(reader),
                Takes.End.Read(reader),
                Takes.Style.Read(reader));
            ClipMoment.RequireOrder(overlay.Start, overlay.End);
            return overlay;
        })
    {
        SpeaksForItself = true,
    };

    public string Name => Definition.Name;

    private static class Takes
    {
        public static readonly Member<string> Text = Members.RequiredText("text", "the words", 300);

        public static readonly Member<TextPosition> Position = Members.Choice("position", "where it stands", TextPosition.Bottom);

        public static readonly Member<ClipMoment> Start = Members.Moment("start_seconds", "when it appears");

        public static readonly Member<ClipMoment?> End = Members.MomentOrEnd("end_seconds", "when it goes");

        public static readonly Member<TextStyle> Style = Members.Choice("style", "how it looks", TextStyle.Clean);
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
        var seen = ClipMoment.Span(Start, End, clip.Shape);
        // One that goes with the clip must not go a frame before it.
        var until = seen.End < clip.Shape.Duration ? seen.End : clip.Shape.Duration + TimeSpan.FromSeconds(1);
        var cue = new TextCue(Text, seen.Start, until, Position, Style);
        return clip with { Video = graph.DrawText(clip, [cue]), Shape = Apply(clip.Shape) };
    }
}
