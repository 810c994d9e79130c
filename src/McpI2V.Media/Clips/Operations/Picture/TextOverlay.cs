using McpI2V.Media.Clips.Grammar;
using McpI2V.Media.Clips.Rendering;
using McpI2V.Media.Text;
using McpI2V.Media.Text.Setting;

namespace McpI2V.Media.Clips.Operations.Picture;

/// <summary>Sets a line of text over the picture for a while, or throughout.</summary>
internal sealed record TextOverlay(string Text, TextPosition Position, ClipMoment Start, ClipMoment? End, TextStyle Style)
    : ISettingOperation
{
    public static OperationDefinition Definition { get; } = new(
        "text",
        "Sets words over the picture.",
        [Takes.Text, Takes.Position, Takes.Start, Takes.End, Takes.Style, Takes.Motion, Takes.OnBeats, .. LookMembers.All],
        reader =>
        {
            var overlay = new TextOverlay(
                Takes.Text.Read(reader),
                Takes.Position.Read(reader),
                Takes.Start.Read(reader),
                Takes.End.Read(reader),
                Takes.Style.Read(reader))
            {
                Motion = Takes.Motion.Read(reader),
                Look = LookMembers.Read(reader, Takes.Style.Read(reader)),
            };
            ClipMoment.RequireOrder(overlay.Start, overlay.End);
            return overlay;
        })
    {
        SpeaksForItself = true,
    };

    public string Name => Definition.Name;

    public required TextLook Look { get; init; }

    public TextMotion Motion { get; init; }

    private static class Takes
    {
        public static readonly Member<string> Text = Members.RequiredText("text", "the words", 300);

        public static readonly Member<TextPosition> Position = Members.Choice("position", "where it stands", TextPosition.Bottom);

        public static readonly Member<ClipMoment> Start = Members.Moment("start_seconds", "when it appears");

        public static readonly Member<ClipMoment?> End = Members.MomentOrEnd("end_seconds", "when it goes");

        public static readonly Member<TextStyle> Style = Members.Choice("style", "how it looks", TextStyle.Clean);

        public static readonly Member<TextMotion> Motion = Members.Choice("motion", "how it comes and goes", TextMotion.Auto);

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

    public TextOrder OrderFor(ClipShape before)
    {
        var seen = ClipMoment.Span(Start, End, before);
        return new TextOrder
        {
            Frame = before.Size,
            Cues = [new OrderedCue(Text, seen.Start.TotalSeconds, seen.End.TotalSeconds)],
            Look = Look,
            Position = Position,
            Motion = Motion,
            Output = "",
        };
    }

    public GraphClip Build(RecipeGraph graph, Func<GraphClip> before)
    {
        var clip = before();
        return clip with { Video = graph.DrawText(this, clip, () => [Cue(clip.Shape)]), Shape = Apply(clip.Shape) };
    }

    // One that goes with the clip must not go a frame before it.
    private TextCue Cue(ClipShape shape)
    {
        var seen = ClipMoment.Span(Start, End, shape);
        var until = seen.End < shape.Duration ? seen.End : shape.Duration + TimeSpan.FromSeconds(1);
        return new TextCue(Text, seen.Start, until, Position, Style);
    }
}
