using McpI2V.Media.Clips.Grammar;
using McpI2V.Media.Ffmpeg;

namespace McpI2V.Media.Clips.Operations.Timing;

/// <summary>Plays faster or slower; the voice keeps its pitch.</summary>
internal sealed record Speed(double Factor, bool Interpolate) : IClipOperation
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

        public static readonly Member<bool> Interpolate = Members.Flag("interpolate", "draws frames between, for slow motion");
    }

    public ClipShape Apply(ClipShape before)
    {
        var frames = Math.Max(1, Math.Round(before.Duration.TotalSeconds / Factor * before.FramesPerSecond));
        return before.Lasting(TimeSpan.FromSeconds(frames / before.FramesPerSecond), Name);
    }

    public ClipSpan? Carry(ClipSpan seen, ClipShape before) => new ClipSpan(seen.Start / Factor, seen.End / Factor);

    public GraphClip Build(RecipeGraph graph, Func<GraphClip> before)
    {
        var clip = before();
        var rate = FfmpegCommand.Number(clip.Shape.FramesPerSecond);
        var retimed = Interpolate ? $"minterpolate=fps={rate}:mi_mode=mci:mc_mode=aobmc:vsbmc=1" : $"fps={rate}";
        return graph.Both(clip, Apply(clip.Shape), $"setpts=PTS/{FfmpegCommand.Number(Factor)},{retimed},settb=AVTB", Tempo(Factor));
    }

    // atempo goes down to 0.5 at once; slower is done in two steps.
    private static string Tempo(double factor) =>
        factor < 0.5 ? $"atempo=0.5,atempo={FfmpegCommand.Number(factor / 0.5)}" : $"atempo={FfmpegCommand.Number(factor)}";
}
