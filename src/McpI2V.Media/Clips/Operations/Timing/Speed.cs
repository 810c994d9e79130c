using McpI2V.Media.Ffmpeg;

namespace McpI2V.Media.Clips.Operations.Timing;

/// <summary>Plays faster or slower; the voice keeps its pitch.</summary>
internal sealed record Speed(double Factor, bool Interpolate) : IClipOperation
{
    public string Name => "speed";

    public static IClipOperation Read(OperationReader reader) =>
        new Speed(
            reader.Number("factor", 0.25, 4) ?? throw OperationReader.Fault("factor is missing; 0.25 to 4, 2 is twice as fast"),
            reader.Flag("interpolate"));

    public ClipShape Apply(ClipShape before)
    {
        var frames = Math.Max(1, Math.Round(before.Duration.TotalSeconds / Factor * before.FramesPerSecond));
        return before.Lasting(TimeSpan.FromSeconds(frames / before.FramesPerSecond), Name);
    }

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
