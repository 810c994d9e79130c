using McpI2V.Media.Text;

namespace McpI2V.Media.Clips.Operations.Picture;

/// <summary>Sets a line of text over the picture for a while, or throughout.</summary>
internal sealed record TextOverlay(string Text, TextPosition Position, TimeSpan Start, TimeSpan? End, TextStyle Style) : IClipOperation
{
    public string Name => "text";

    public static IClipOperation Read(OperationReader reader)
    {
        var overlay = new TextOverlay(
            reader.RequiredText("text", 300),
            reader.Choice("position", TextPosition.Bottom),
            reader.Time("start_seconds") ?? TimeSpan.Zero,
            reader.Time("end_seconds"),
            reader.Choice("style", TextStyle.Clean));
        return overlay.End <= overlay.Start ? throw OperationReader.Fault("end_seconds must come after start_seconds") : overlay;
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
        var filter = AssDocument.WriteFilter([cue], clip.Shape.Size, graph.Work, "text-" + graph.NewLabel());
        return clip with { Video = graph.Chain(clip.Video, filter), Shape = Apply(clip.Shape) };
    }
}
