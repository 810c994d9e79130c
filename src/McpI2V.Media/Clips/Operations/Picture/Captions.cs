using McpI2V.Media.Clips.Grammar;
using McpI2V.Media.Text;

namespace McpI2V.Media.Clips.Operations.Picture;

/// <summary>Sets spoken words over the picture, cue by cue.</summary>
internal sealed record Captions(IReadOnlyList<TextCue> Cues) : IClipOperation
{
    public static OperationDefinition Definition { get; } = new(
        "captions",
        "Sets spoken words over the picture, cue by cue.",
        [Takes.Cues, Takes.Position, Takes.Style],
        reader =>
        {
            var (position, style) = (Takes.Position.Read(reader), Takes.Style.Read(reader));
            return new Captions([.. Takes.Cues.Read(reader).Select(c => new TextCue(c.Text, c.Start, c.End, position, style))]);
        });

    public string Name => Definition.Name;

    private static class Takes
    {
        public static readonly Member<IReadOnlyList<Cue>> Cues = Members.List(
            "cues",
            "spoken words, in order",
            500,
            [Cue.Takes.Start, Cue.Takes.End, Cue.Takes.Text],
            Cue.Read);

        public static readonly Member<TextPosition> Position = Members.Choice("position", "where they stand", TextPosition.Bottom);

        public static readonly Member<TextStyle> Style = Members.Choice("style", "how they look", TextStyle.Caption);
    }

    public ClipShape Apply(ClipShape before) => before;

    public GraphClip Build(RecipeGraph graph, Func<GraphClip> before)
    {
        var clip = before();
        return clip with { Video = graph.DrawText(clip, Cues) };
    }

    private sealed record Cue(TimeSpan Start, TimeSpan End, string Text)
    {
        public static Cue Read(OperationReader reader)
        {
            var cue = new Cue(Takes.Start.Read(reader), Takes.End.Read(reader), Takes.Text.Read(reader));
            return cue.End > cue.Start
                ? cue
                : throw OperationReader.Fault(
                    $"a cue's end_seconds must come after its start_seconds ({cue.Start.TotalSeconds:0.##})");
        }

        public static class Takes
        {
            public static readonly Member<TimeSpan> Start = Members.Time("start_seconds", "when the words appear");

            public static readonly Member<TimeSpan> End = Members.RequiredTime("end_seconds", "when they go");

            public static readonly Member<string> Text = Members.RequiredText("text", "the words", 300);
        }
    }
}
