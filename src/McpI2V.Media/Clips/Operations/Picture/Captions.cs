using McpI2V.Media.Text;

namespace McpI2V.Media.Clips.Operations.Picture;

/// <summary>Sets spoken words over the picture, cue by cue.</summary>
internal sealed record Captions(IReadOnlyList<TextCue> Cues) : IClipOperation
{
    private const int MostCues = 500;

    public string Name => "captions";

    public static IClipOperation Read(OperationReader reader)
    {
        var style = reader.Choice("style", TextStyle.Caption);
        var position = reader.Choice("position", TextPosition.Bottom);
        var cues = reader.Items("cues").Select(item => ReadCue(item, style, position)).ToList();
        return cues.Count is 0 or > MostCues
            ? throw OperationReader.Fault($"cues must be 1 to {MostCues} entries of start_seconds, end_seconds and text")
            : new Captions(cues);
    }

    public ClipShape Apply(ClipShape before) => before;

    public GraphClip Build(RecipeGraph graph, Func<GraphClip> before)
    {
        var clip = before();
        return clip with
        {
            Video = graph.Chain(clip.Video, AssDocument.WriteFilter(Cues, clip.Shape.Size, graph.Work, "captions-" + graph.NewLabel())),
        };
    }

    private static TextCue ReadCue(OperationReader item, TextStyle style, TextPosition position)
    {
        var (start, end) = (item.Time("start_seconds") ?? TimeSpan.Zero, item.Time("end_seconds"));
        var text = item.RequiredText("text", 300);
        item.RequireAllRead();
        return end is null || end <= start
            ? throw OperationReader.Fault($"a cue's end_seconds must come after its start_seconds ({start.TotalSeconds:0.##})")
            : new TextCue(text, start, end.Value, position, style);
    }
}
