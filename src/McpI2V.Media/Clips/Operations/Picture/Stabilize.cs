using System.Globalization;
using McpI2V.Media.Clips.Grammar;
using McpI2V.Media.Clips.Rendering;
using McpI2V.Media.Ffmpeg;

namespace McpI2V.Media.Clips.Operations.Picture;

/// <summary>Steadies a shaken clip by vid.stab: measures how it moves, moves it against that, zooms in just far enough to cover.</summary>
internal sealed record Stabilize(double Strength) : IAnalysingOperation
{
    private static readonly TimeSpan Shortest = TimeSpan.FromSeconds(0.5);

    public static OperationDefinition Definition { get; } = new(
        "stabilize",
        "Steadies a shaken clip; zooms in a little to cover the edges.",
        [Takes.Strength],
        reader => new Stabilize(Takes.Strength.Read(reader)))
    {
        Filters = ["vidstabdetect", "vidstabtransform"],
    };

    public string Name => Definition.Name;

    public IReadOnlyList<string> Filters => Definition.Filters;

    public string AnalysisName => FormattableString.Invariant($"stabilize 1, strength {Strength}");

    private static class Takes
    {
        public static readonly Member<double> Strength = Members.Number("strength", "1 keeps only the slowest moves", 0, 1, 0.5);
    }

    public ClipShape Apply(ClipShape before) => before.Duration >= Shortest
        ? before
        : throw OperationReader.Fault(
            $"the clip lasts {before.Duration.TotalSeconds:0.##} s; at least {Shortest.TotalSeconds:0.#} s are needed to see how it moves");

    public async Task AnalyseAsync(ClipAnalysis before, CancellationToken cancellationToken)
    {
        var (motion, uncovered) = (before.ResultName + ".trf", before.ResultName + ".txt");
        await before.LookAsync(
            1,
            2,
            (graph, clip) =>
            {
                var made = clip();
                return made with { Video = graph.Chain(made.Video, $"vidstabdetect=shakiness=8:accuracy=15:result={motion}") };
            },
            cancellationToken);
        await before.LookAsync(2, 2, (graph, _) => Uncovered(graph, before.Shape, motion, uncovered), cancellationToken);
        var cover = Cover(before.Work.At(uncovered));
        await StabilizeResult.WriteAsync(before.ResultPath, cover, before.Work.At(motion), cancellationToken);
    }

    public bool IsWhole(string resultPath, ClipShape before) => StabilizeResult.IsWhole(resultPath);

    public GraphClip Build(RecipeGraph graph, Func<GraphClip> before)
    {
        var clip = before();
        var result = graph.AnalysisOf(this);
        var motion = result + ".trf";
        var cover = StabilizeResult.Unpack(graph.Work.At(result), graph.Work.At(motion));
        var zoom = FfmpegCommand.Number(100 * (1 - cover));
        var steady = $"{Against(clip.Shape, motion)}:zoom={zoom}:interpol=bicubic,format=yuv420p,settb=AVTB";
        return clip with { Video = graph.Chain(clip.Video, steady), Shape = Apply(clip.Shape) };
    }

    // vid.stab's own zoom leaves out the worst tenth of the frames, and shows smeared edges in these.
    private string Against(ClipShape shape, string motion)
    {
        var smoothing = Math.Max(1, (int)Math.Round(shape.FramesPerSecond * (0.2 + (1.6 * Strength))));
        var farthest = Math.Max(2, shape.Size.ShortSide / 10);
        return $"vidstabtransform=input={motion}:smoothing={smoothing}:maxshift={farthest}:maxangle=0.05:optzoom=0";
    }

    /// <summary>
    /// Moves a white picture with a black edge as the clip will be moved, and writes for each frame how near to its centre something black
    /// comes: 0 for the edge, 255 for the centre.
    /// </summary>
    private GraphClip Uncovered(RecipeGraph graph, ClipShape shape, string motion, string result)
    {
        var rate = FfmpegCommand.Number(shape.FramesPerSecond);
        var colour = $"s={shape.Size}:r={rate}:d={RecipeGraph.Seconds(shape.Duration)}";
        var moved = graph.Chain(
            [],
            $"color=c=white:{colour},drawbox=c=black:t=2,format=yuv420p,{Against(shape, motion)}:interpol=bilinear,format=gray," +
                "lutyuv=y='if(lt(val,200),255,0)'");
        var nearness = graph.Chain(
            [],
            $"color=c=black:{colour},trim=end_frame=1,format=gray,geq=lum='255*(1-max(abs(X+0.5-W/2)/(W/2),abs(Y+0.5-H/2)/(H/2)))'," +
                $"loop=loop=-1:size=1,setpts=N/({rate}*TB)");
        var measured = graph.Chain(
            [moved, nearness],
            $"blend=all_mode=multiply:shortest=1,signalstats,metadata=mode=print:key=lavfi.signalstats.YMAX:file={result}");
        return new GraphClip(measured, null, shape with { HasAudio = false });
    }

    /// <summary>The share of the frame's sides around its centre that is covered in every frame.</summary>
    private static double Cover(string uncovered)
    {
        var nearest = File.ReadLines(uncovered)
            .Where(l => l.StartsWith("lavfi.signalstats.YMAX=", StringComparison.Ordinal))
            .Select(l => double.Parse(l.Split('=')[1], CultureInfo.InvariantCulture))
            .DefaultIfEmpty(0)
            .Max();
        return 1 - ((nearest + 1) / 255);
    }
}
