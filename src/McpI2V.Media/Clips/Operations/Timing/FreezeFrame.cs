using McpI2V.Media.Clips.Grammar;

namespace McpI2V.Media.Clips.Operations.Timing;

/// <summary>Holds one frame for a while; the clip then goes on, and the sound pauses with it.</summary>
internal sealed record FreezeFrame(ClipMoment At, TimeSpan Duration) : IClipOperation
{
    public static OperationDefinition Definition { get; } = new(
        "freeze_frame",
        "Holds one frame for a while; then the clip goes on.",
        [Takes.At, Takes.Duration],
        reader => new FreezeFrame(Takes.At.Read(reader), Takes.Duration.Read(reader)))
    {
        SpeaksForItself = true,
    };

    public string Name => Definition.Name;

    private static class Takes
    {
        public static readonly Member<ClipMoment> At = Members.RequiredMoment("at_seconds", "the frame that is held");

        public static readonly Member<TimeSpan> Duration = Members.Seconds("duration_seconds", "for how long", 0.1, 30, 1);
    }

    public ClipShape Apply(ClipShape before) =>
        AtOn(before) < before.Duration
            ? before.Lasting(before.Duration + Held(before), Name)
            : throw OperationReader.Fault(
                $"at_seconds is {At.Offset.TotalSeconds:0.##}, but the clip lasts {before.Duration.TotalSeconds:0.##} s");

    public ClipSpan? Carry(ClipSpan seen, ClipShape before)
    {
        var (at, held) = (AtOn(before), Held(before));
        return new ClipSpan(seen.Start > at ? seen.Start + held : seen.Start, seen.End > at ? seen.End + held : seen.End);
    }

    public GraphClip Build(RecipeGraph graph, Func<GraphClip> before)
    {
        var clip = before();
        var shape = clip.Shape;
        var frame = (int)Math.Round(AtOn(shape).TotalSeconds * shape.FramesPerSecond);
        var copies = (int)Math.Round(Held(shape).TotalSeconds * shape.FramesPerSecond);
        var video = graph.Chain(clip.Video, $"loop=loop={copies}:size=1:start={frame},setpts=N/(FRAME_RATE*TB)");
        return new GraphClip(video, clip.Audio is null ? null : HoldAudio(graph, clip.Audio, shape), Apply(shape));
    }

    private string HoldAudio(RecipeGraph graph, string audio, ClipShape shape)
    {
        var (head, tail) = (graph.NewLabel(), graph.NewLabel());
        graph.Raw($"[{audio}]asplit=2[{head}][{tail}]");
        var at = RecipeGraph.Seconds(AtOn(shape));
        return graph.Chain(
            [
                graph.Chain(head, $"atrim=end={at},asetpts=PTS-STARTPTS"),
                graph.AddSilence(Held(shape)),
                graph.Chain(tail, $"atrim=start={at},asetpts=PTS-STARTPTS"),
            ],
            "concat=n=3:v=0:a=1");
    }

    private TimeSpan AtOn(ClipShape shape) => At.On(shape, Takes.At.Name);

    private TimeSpan Held(ClipShape shape) =>
        TimeSpan.FromSeconds(Math.Round(Duration.TotalSeconds * shape.FramesPerSecond) / shape.FramesPerSecond);
}
