using McpI2V.Media.Clips.Grammar;
using McpI2V.Media.Clips.Rendering;
using McpI2V.Media.Sound.Graphs;

namespace McpI2V.Media.Clips.Operations.Timing;

/// <summary>Keeps what lies between two times.</summary>
internal sealed record Trim(ClipMoment Start, ClipMoment? End) : ISoundOperation
{
    public static OperationDefinition Definition { get; } = new(
        "trim",
        "Keeps what lies between two times.",
        [Takes.Start, Takes.End],
        reader =>
        {
            var trim = new Trim(Takes.Start.Read(reader), Takes.End.Read(reader));
            ClipMoment.RequireOrder(trim.Start, trim.End);
            return trim;
        })
    {
        SpeaksForItself = true,
    };

    public string Name => Definition.Name;

    private static class Takes
    {
        public static readonly Member<ClipMoment> Start = Members.Moment("start_seconds", "where it begins");

        public static readonly Member<ClipMoment?> End = Members.MomentOrEnd("end_seconds", "where it ends");
    }

    public bool LeavesColours => true;

    public ClipShape Apply(ClipShape before)
    {
        var kept = Kept(before);
        return before.Lasting(kept.End - kept.Start, Name);
    }

    public ClipSpan? Carry(ClipSpan seen, ClipShape before)
    {
        var kept = Kept(before);
        var (start, end) = (seen.Start > kept.Start ? seen.Start : kept.Start, seen.End < kept.End ? seen.End : kept.End);
        return end > start ? new ClipSpan(start - kept.Start, end - kept.Start) : null;
    }

    public string? Departure(ClipShape before) => End is { } end && end.Offset - before.Duration > TimeSpan.FromSeconds(0.1)
        ? $"end_seconds is {end.Offset.TotalSeconds:0.##}, but the clip lasts {before.Duration.TotalSeconds:0.##} s, so it is kept to " +
            "its end"
        : null;

    public GraphClip Build(RecipeGraph graph, Func<GraphClip> before)
    {
        var clip = before();
        var (kept, shape) = (Kept(clip.Shape), Apply(clip.Shape));
        var piece = Piece(graph, clip, kept.Start, shape);
        var edges = SoundCuts.Edges(shape.Duration, kept.Start > TimeSpan.Zero, kept.End < clip.Shape.Duration);
        return piece.Audio is null || edges.Length == 0 ? piece : piece with { Audio = graph.Chain(piece.Audio, edges) };
    }

    /// <summary>Cuts a piece out, its sound as it stands; both ends lie on frames.</summary>
    internal static GraphClip Piece(RecipeGraph graph, GraphClip clip, TimeSpan start, ClipShape shape)
    {
        var first = (long)Math.Round(start.TotalSeconds * shape.FramesPerSecond);
        var count = (long)Math.Round(shape.Duration.TotalSeconds * shape.FramesPerSecond);
        return graph.Both(
            clip,
            shape,
            $"trim=start_frame={first}:end_frame={first + count},setpts=PTS-STARTPTS",
            $"atrim=start={RecipeGraph.Seconds(start)}:duration={RecipeGraph.Seconds(shape.Duration)},asetpts=PTS-STARTPTS");
    }

    private ClipSpan Kept(ClipShape before)
    {
        var kept = ClipMoment.Span(Start, End, before);
        return new ClipSpan(OnFrames(before, kept.Start), OnFrames(before, kept.End));
    }

    private static TimeSpan OnFrames(ClipShape shape, TimeSpan time) =>
        TimeSpan.FromSeconds(Math.Round(time.TotalSeconds * shape.FramesPerSecond) / shape.FramesPerSecond);
}
