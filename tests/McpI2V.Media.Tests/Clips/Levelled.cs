using System.Globalization;
using McpI2V.Media.Clips;
using McpI2V.Media.Clips.Rendering;
using McpI2V.Media.Ffmpeg;

namespace McpI2V.Media.Tests.Clips;

/// <summary>Brings a clip's loudest sample to -6 dB: the smallest operation that can't be done without looking first.</summary>
internal sealed record Levelled(Func<Task>? OnLook = null) : IAnalysingOperation
{
    public string Name => "levelled";

    public IReadOnlyList<string> Filters { get; init; } = ["astats"];

    public string AnalysisName => "levelled 1";

    public int Looks { get; private set; }

    public ClipShape Apply(ClipShape before) => before;

    public async Task AnalyseAsync(ClipAnalysis before, CancellationToken cancellationToken)
    {
        Looks++;
        await before.LookAsync(
            1,
            1,
            (graph, clip) =>
            {
                var made = clip();
                var peaks = $"astats=metadata=1:reset=0,ametadata=mode=print:key=lavfi.astats.Overall.Peak_level:file={before.ResultName}";
                return made with { Audio = graph.Chain(made.Audio!, peaks) };
            },
            cancellationToken);
        if (OnLook is not null)
        {
            await OnLook();
        }
    }

    public bool IsWhole(string resultPath, ClipShape before) => File.Exists(resultPath) && Peak(resultPath) is not null;

    public GraphClip Build(RecipeGraph graph, Func<GraphClip> before)
    {
        var clip = before();
        var gain = -6 - Peak(graph.Work.At(graph.AnalysisOf(this)))!.Value;
        return clip with { Audio = graph.Chain(clip.Audio!, $"volume={FfmpegCommand.Number(gain)}dB") };
    }

    private static double? Peak(string path) =>
        File.ReadLines(path).LastOrDefault(l => l.Contains("Peak_level=", StringComparison.Ordinal)) is { } line
            ? double.Parse(line.Split('=')[1], CultureInfo.InvariantCulture)
            : null;
}
