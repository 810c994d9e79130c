using McpI2V.Media.Clips.Grammar;
using McpI2V.Media.Clips.Rendering;
using McpI2V.Media.Sound;
using McpI2V.Media.Sound.Loudness;

namespace McpI2V.Media.Clips.Operations.Sound;

/// <summary>
/// Brings the whole sound to a loudness: measured first, then one gain wherever the peaks allow it.
/// </summary>
internal sealed record Loudness(LoudnessTarget Target) : IAnalysingOperation, IBed, ISoundOperation
{
    /// <summary>What platforms play at, and what a file may peak at.</summary>
    public static readonly LoudnessTarget Usual = new(-14, -1);

    /// <summary>Leaves the loudness as it is and keeps peaks under full scale.</summary>
    public static readonly Loudness Ceiling = new(Usual with { Lufs = null });

    public static OperationDefinition Definition { get; } = new(
        "loudness",
        "Brings the sound to a loudness, measured first.",
        [Takes.Lufs, Takes.Peak],
        reader => new Loudness(new LoudnessTarget(Takes.Lufs.Read(reader), Takes.Peak.Read(reader))))
    {
        LeavesPicture = true,
    };

    public string Name => Definition.Name;

    public bool OnlyListens => true;

    public IReadOnlyList<string> Filters => ["amultiply"];

    public string AnalysisName => FormattableString.Invariant($"loudness 1 {Target.Lufs} {Target.PeakDb}");

    private static class Takes
    {
        public static readonly Member<double> Lufs = Members.Number("lufs", "integrated loudness", -40, -5, -14).ByName();

        public static readonly Member<double> Peak = Members.Number("peak_db", "highest true peak", -12, 0, -1).ByName();
    }

    public bool LeavesColours => true;

    public ClipShape Apply(ClipShape before) => before;

    public IBed Past(ClipSpan pause, ClipShape before) => this;

    public bool MustLookAt(ClipShape before) => before.HasAudio;

    public async Task AnalyseAsync(ClipAnalysis before, CancellationToken cancellationToken)
    {
        var levels = new SoundLevels();
        await before.ListenAsync(levels.Add, cancellationToken);
        GainCurve.Write(before.ResultPath, Target.GainsFor(levels));
    }

    public bool IsWhole(string resultPath, ClipShape before) => GainCurve.IsWhole(resultPath, before.Duration);

    public GraphClip Build(RecipeGraph graph, Func<GraphClip> before)
    {
        var clip = before();
        return clip.Audio is null ? clip : clip with { Audio = graph.AddGain(clip.Audio, graph.AnalysisOf(this)) };
    }
}
