using McpI2V.Media.Clips.Grammar;
using McpI2V.Media.Clips.Rendering;
using McpI2V.Media.Ffmpeg;
using McpI2V.Media.Sound;

namespace McpI2V.Media.Clips.Operations.Timing;

/// <summary>Plays faster or slower, or from one speed to another; the voice keeps its pitch.</summary>
internal sealed record Speed(double Factor, double? To, ClipMoment Start, ClipMoment? End, bool Interpolate)
    : IAnalysingOperation, ISoundOperation
{
    public static OperationDefinition Definition { get; } = new(
        "speed",
        "Plays faster or slower; a voice keeps its pitch.",
        [Takes.Factor, Takes.Interpolate, Takes.To, Takes.Start, Takes.End],
        reader =>
        {
            Speed speed = new(
                Takes.Factor.Read(reader),
                Takes.To.Read(reader),
                Takes.Start.Read(reader),
                Takes.End.Read(reader),
                Takes.Interpolate.Read(reader));
            if (speed.To is null && (speed.End is not null || speed.Start != ClipMoment.Start))
            {
                throw OperationReader.Fault("start_seconds and end_seconds say where factor becomes to_factor; give to_factor too");
            }
            ClipMoment.RequireOrder(speed.Start, speed.End);
            return speed;
        });

    public string Name => Definition.Name;

    private static class Takes
    {
        public static readonly Member<double> Factor = Members.RequiredNumber("factor", "2 is twice as fast", 0.25, 4);

        public static readonly Member<bool> Interpolate = Members.Flag("interpolate", "draws frames between");

        public static readonly Member<double?> To =
            Members.NumberOrNone("to_factor", "a ramp: what factor becomes, eased, from start_seconds to end_seconds", 0.25, 4);

        public static readonly Member<ClipMoment> Start = Members.Moment("start_seconds", "where the ramp begins").Finely();

        public static readonly Member<ClipMoment?> End = Members.MomentOrEnd("end_seconds", "where it ends").Finely();
    }

    public bool LeavesColours => !Interpolate;

    public ClipShape Apply(ClipShape before)
    {
        var frames = Math.Max(1, Math.Round(Curve(before).When(before.Duration.TotalSeconds) * before.FramesPerSecond));
        return before.Lasting(TimeSpan.FromSeconds(frames / before.FramesPerSecond), Name);
    }

    public ClipSpan? Carry(ClipSpan seen, ClipShape before)
    {
        var curve = Curve(before);
        return new ClipSpan(
            TimeSpan.FromSeconds(curve.When(seen.Start.TotalSeconds)),
            TimeSpan.FromSeconds(curve.When(seen.End.TotalSeconds)));
    }

    public string AnalysisName => To is null
        ? FormattableString.Invariant($"speed 1 {Factor}")
        : FormattableString.Invariant($"speed 1 {Factor} to {To} {Start.Offset.TotalSeconds} {End?.Offset.TotalSeconds}");

    public bool OnlyListens => true;

    public bool MustLookAt(ClipShape before) => before.HasAudio;

    // ffmpeg's own filters let the sound run up to 78 ms ahead of the picture, another amount with each factor.
    public async Task AnalyseAsync(ClipAnalysis before, CancellationToken cancellationToken)
    {
        using var sound = new WaveWriter(before.ResultPath, channels: 2, SoundRate.Samples);
        var curve = Curve(before.Shape);
        var stretch = new TimeStretch(
            sample => curve.Moment(sample / SoundRate.Samples) * SoundRate.Samples,
            curve.Slowest < 1,
            sound.Write);
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
        var video = graph.Chain(clip.Video, $"setpts={Curve(clip.Shape).Expression},{retimed},settb=AVTB");
        if (clip.Audio is null)
        {
            return new GraphClip(video, null, shape);
        }
        graph.Drop(clip.Audio);
        return new GraphClip(video, graph.AddMadeSound(graph.AnalysisOf(this), shape.Duration), shape);
    }

    private SpeedCurve Curve(ClipShape before) => To is { } to
        ? new SpeedCurve(Factor, to, ClipMoment.Span(Start, End, before))
        : SpeedCurve.Constant(Factor);

    private long SamplesOf(ClipShape before) => (long)Math.Round(Apply(before).Duration.TotalSeconds * SoundRate.Samples);
}
