using McpI2V.Media.Clips.Grammar;

namespace McpI2V.Media.Clips.Operations.Timing;

/// <summary>Keeps what lies between two times.</summary>
internal sealed record Trim(TimeSpan Start, TimeSpan? End) : IClipOperation
{
    public static OperationDefinition Definition { get; } = new(
        "trim",
        "Keeps what lies between two times.",
        [Takes.Start, Takes.End],
        reader =>
        {
            var (start, end) = (Takes.Start.Read(reader), Takes.End.Read(reader));
            return end <= start
                ? throw OperationReader.Fault($"end_seconds is {end.Value.TotalSeconds:0.###} and " +
                    $"start_seconds {start.TotalSeconds:0.###}; the end must come after the start")
                : new Trim(start, end);
        })
    {
        SpeaksForItself = true,
    };

    public string Name => Definition.Name;

    private static class Takes
    {
        public static readonly Member<TimeSpan> Start = Members.Time("start_seconds", "where it begins");

        public static readonly Member<TimeSpan?> End = Members.TimeOrEnd("end_seconds", "where it ends");
    }

    public ClipShape Apply(ClipShape before)
    {
        if (Start >= before.Duration)
        {
            throw OperationReader.Fault(
                $"start_seconds is {Start.TotalSeconds:0.###}, but the clip lasts {before.Duration.TotalSeconds:0.###} s");
        }
        return before.Lasting(OnFrames(before, End < before.Duration ? End.Value : before.Duration) - OnFrames(before, Start), Name);
    }

    public GraphClip Build(RecipeGraph graph, Func<GraphClip> before)
    {
        var clip = before();
        return Cut(graph, clip, OnFrames(clip.Shape, Start), Apply(clip.Shape));
    }

    /// <summary>Cuts a piece out; both ends lie on frames.</summary>
    internal static GraphClip Cut(RecipeGraph graph, GraphClip clip, TimeSpan start, ClipShape shape)
    {
        var first = (long)Math.Round(start.TotalSeconds * shape.FramesPerSecond);
        var count = (long)Math.Round(shape.Duration.TotalSeconds * shape.FramesPerSecond);
        return graph.Both(
            clip,
            shape,
            $"trim=start_frame={first}:end_frame={first + count},setpts=PTS-STARTPTS",
            $"atrim=start={RecipeGraph.Seconds(start)}:duration={RecipeGraph.Seconds(shape.Duration)},asetpts=PTS-STARTPTS");
    }

    private static TimeSpan OnFrames(ClipShape shape, TimeSpan time) =>
        TimeSpan.FromSeconds(Math.Round(time.TotalSeconds * shape.FramesPerSecond) / shape.FramesPerSecond);
}
