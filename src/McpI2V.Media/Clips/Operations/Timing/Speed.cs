using McpI2V.Media.Clips.Grammar;
using McpI2V.Media.Clips.Rendering;
using McpI2V.Media.Ffmpeg;
using McpI2V.Media.Sound;

namespace McpI2V.Media.Clips.Operations.Timing;

/// <summary>Plays faster or slower; the voice keeps its pitch.</summary>
internal sealed record Speed(double Factor, bool Interpolate) : IAnalysingOperation, ISoundOperation
{
    public static OperationDefinition Definition { get; } = new(
        "speed",
        "Plays faster or slower; a voice keeps its pitch.",
        [Takes.Factor, Takes.Interpolate],
        reader => new Speed(Takes.Factor.Read(reader), Takes.Interpolate.Read(reader)));

    public string Name => Definition.Name;

    private static class Takes
    {
        public static readonly Member<double> Factor = Members.RequiredNumber("factor", "2 is twice as fast", 0.25, 4);

        public static readonly Member<bool> Interpolate = Members.Flag("interpolate", "draws frames between");
    }

    public bool LeavesColours => !Interpolate;

    public ClipShape Apply(ClipShape before)
    {
        var frames = Math.Max(1, Math.Round(before.Duration.TotalSeconds / Factor * before.FramesPerSecond));
        return before.Lasting(TimeSpan.FromSeconds(frames / before.FramesPerSecond), Name);
    }

    public ClipSpan? Carry(ClipSpan seen, ClipShape before) => new ClipSpan(seen.Start / Factor, seen.End / Factor);

    public string AnalysisName => FormattableString.Invariant($"speed 1 {Factor}");

    public bool OnlyListens => true;

    public bool MustLookAt(ClipShape before) => before.HasAudio;

    // ffmpeg's own filters let the sound run up to 78 ms ahead of the picture, another amount with each factor.
    public async Task AnalyseAsync(ClipAnalysis before, CancellationToken cancellationToken)
    {
        using var sound = new WaveWriter(before.ResultPath, channels: 2, SoundRate.Samples);
        var stretch = new TimeStretch(Factor, sound.Write);
        await before.ListenAsync(stretch.Add, cancellationToken);
        stretch.Finish(SamplesOf(before.Shape));
    }

    public bool IsWhole(string resultPath, ClipShape before) => WaveFile.IsWhole(resultPath, SamplesOf(before) * 2);

    public GraphClip Build(RecipeGraph graph, Func<GraphClip> before)
    {
        var clip = before();
        var shape = Apply(clip.Shape);
        var rate = FfmpegCommand.Number(clip.Shape.FramesPerSecond);
        var retimed = Interpolate ? $"minterpolate=fps={rate}:mi_mode=mci:mc_mode=aobmc:vsbmc=1" : $"fps={rate}";
        var video = graph.Chain(clip.Video, $"setpts=PTS/{FfmpegCommand.Number(Factor)},{retimed},settb=AVTB");
        if (clip.Audio is null)
        {
            return new GraphClip(video, null, shape);
        }
        graph.Drop(clip.Audio);
        return new GraphClip(video, graph.AddMadeSound(graph.AnalysisOf(this), shape.Duration), shape);
    }

    private long SamplesOf(ClipShape before) => (long)Math.Round(Apply(before).Duration.TotalSeconds * SoundRate.Samples);
}
