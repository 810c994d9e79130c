using McpI2V.Media.Clips.Grammar;
using McpI2V.Media.Text;

namespace McpI2V.Media.Clips.Operations.Picture;

/// <summary>Sets a line of text over the picture for a while, or throughout.</summary>
internal sealed record TextOverlay(string Text, TextPosition Position, TimeSpan Start, TimeSpan? End, TextStyle Style) : IClipOperation
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
            return overlay.End <= overlay.Start ? throw OperationReader.Fault("end_seconds must come after start_seconds") : overlay;
        })
    {
        SpeaksForItself = true,
    };

    public string Name => Definition.Name;

    private static class Takes
    {
        public static readonly Member<string> Text = Members.RequiredText("text", "the words", 300);

        public static readonly Member<TextPosition> Position = Members.Choice("position", "where it stands", TextPosition.Bottom);

        public static readonly Member<TimeSpan> Start = Members.Time("start_seconds", "when it appears");

        public static readonly Member<TimeSpan?> End = Members.TimeOrEnd("end_seconds", "when it goes");

        public static readonly Member<TextStyle> Style = Members.Choice("style", "how it looks", TextStyle.Clean);
    }

    public ClipShape Apply(ClipShape before) =>
        Start < before.Duration
            ? before
            : throw OperationReader.Fault(
                $"start_seconds is {Start.TotalSeconds:0.##}, but the clip lasts {before.Duration.TotalSeconds:0.##} s");

    public GraphClip Build(RecipeGraph graph, Func<GraphClip> before)
    {
        var clip = before();
        var cue = new TextCue(Text, Start, End ?? clip.Shape.Duration + TimeSpan.FromSeconds(1), Position, Style);
        return clip with { Video = graph.DrawText(clip, [cue]), Shape = Apply(clip.Shape) };
    }
}
