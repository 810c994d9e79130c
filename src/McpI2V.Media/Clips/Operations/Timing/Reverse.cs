using McpI2V.Media.Clips.Grammar;
using McpI2V.Media.Clips.Rendering;

namespace McpI2V.Media.Clips.Operations.Timing;

/// <summary>Plays backwards.</summary>
internal sealed record Reverse : ISoundOperation
{
    // ffmpeg's reverse holds every frame in memory: pieces of at most this many bytes are turned one by one.
    private const long PieceBytes = 600_000_000;
    private const int MaxPieces = 12;

    public static OperationDefinition Definition { get; } = new("reverse", "Plays backwards.", [], _ => new Reverse())
    {
        SpeaksForItself = true,
    };

    public string Name => Definition.Name;

    public bool LeavesColours => true;

    public ClipShape Apply(ClipShape before) =>
        Pieces(before) <= MaxPieces
            ? before
            : throw OperationReader.Fault(
                $"{before.Duration.TotalSeconds:0} s at {before.Size} is too much to turn round; trim or scale it down first");

    public ClipSpan? Carry(ClipSpan seen, ClipShape before) => new ClipSpan(before.Duration - seen.End, before.Duration - seen.Start);

    public GraphClip Build(RecipeGraph graph, Func<GraphClip> before) => Turn(graph, before);

    internal static GraphClip Turn(RecipeGraph graph, Func<GraphClip> before)
    {
        var first = before();
        var shape = first.Shape;
        var pieces = Pieces(shape);
        var frames = (long)Math.Round(shape.Duration.TotalSeconds * shape.FramesPerSecond);
        List<GraphClip> turned = [];
        for (var i = pieces - 1; i >= 0; i--)
        {
            var (from, to) = (frames * i / pieces, frames * (i + 1) / pieces);
            var piece = shape with { Duration = TimeSpan.FromSeconds((to - from) / shape.FramesPerSecond) };
            var source = i == pieces - 1 ? first : before();
            var cut = pieces == 1 ? source : Trim.Piece(graph, source, TimeSpan.FromSeconds(from / shape.FramesPerSecond), piece);
            turned.Add(graph.Both(cut, piece, "reverse,setpts=PTS-STARTPTS", "areverse,asetpts=PTS-STARTPTS"));
        }
        return graph.Rejoin(turned, shape);
    }

    private static int Pieces(ClipShape shape) =>
        (int)Math.Max(1, Math.Ceiling(shape.Duration.TotalSeconds * shape.FramesPerSecond * shape.Size.Pixels * 1.5 / PieceBytes));
}
