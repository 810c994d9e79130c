using McpI2V.Media.Ffmpeg;

namespace McpI2V.Media.Clips.Operations.Sound;

/// <summary>Lays a sound under the clip, mixed with the clip's own where it has one.</summary>
internal sealed record Audio(AudioSource Sound, double GainDb, TimeSpan Start, bool Looped, TimeSpan FadeOut, bool Duck, bool Normalize)
    : IClipOperation
{
    public string Name => "audio";

    public static IClipOperation Read(OperationReader reader) =>
        new Audio(
            reader.Sources.Audio(reader.RequiredText("audio")),
            reader.Number("gain_db", -60, 20) ?? 0,
            reader.Time("start_seconds") ?? TimeSpan.Zero,
            reader.Flag("loop"),
            TimeSpan.FromSeconds(reader.Number("fade_seconds", 0, 30) ?? 0),
            reader.Flag("duck"),
            reader.Flag("normalize"));

    public ClipShape Apply(ClipShape before)
    {
        if (Start >= before.Duration)
        {
            throw OperationReader.Fault(
                $"start_seconds is {Start.TotalSeconds:0.##}, but the clip lasts {before.Duration.TotalSeconds:0.##} s");
        }
        return FadeOut <= before.Duration
            ? before with { HasAudio = true }
            : throw OperationReader.Fault(
                $"fade_seconds is {FadeOut.TotalSeconds:0.##}, but the clip lasts {before.Duration.TotalSeconds:0.##} s");
    }

    public GraphClip Build(RecipeGraph graph, Func<GraphClip> before)
    {
        var clip = before();
        var shape = Apply(clip.Shape);
        var length = RecipeGraph.Seconds(shape.Duration);
        List<string> filters = [];
        if (Start > TimeSpan.Zero)
        {
            filters.Add($"adelay=delays={(long)Start.TotalMilliseconds}:all=1");
        }
        filters.Add($"volume={FfmpegCommand.Number(GainDb)}dB");
        filters.Add($"apad,atrim=duration={length}");
        if (FadeOut > TimeSpan.Zero)
        {
            filters.Add($"afade=t=out:st={RecipeGraph.Seconds(shape.Duration - FadeOut)}:d={RecipeGraph.Seconds(FadeOut)}");
        }
        var sound = graph.Chain(graph.AddAudio(Sound, Looped), string.Join(',', filters));
        var mixed = clip.Audio is null ? sound : Mix(graph, clip.Audio, sound);
        // -14 LUFS with 1.5 dB of true-peak room is what the short-video platforms normalise to.
        return clip with
        {
            Audio = Normalize ? graph.Chain(mixed, $"loudnorm=I=-14:TP=-1.5:LRA=11,aresample=48000,atrim=duration={length}") : mixed,
            Shape = shape,
        };
    }

    private string Mix(RecipeGraph graph, string own, string sound)
    {
        if (!Duck)
        {
            return graph.Chain([own, sound], "amix=inputs=2:duration=first:normalize=0,alimiter=limit=0.95:level=0");
        }
        var (heard, key) = (graph.NewLabel(), graph.NewLabel());
        graph.Raw($"[{own}]asplit=2[{heard}][{key}]");
        var ducked = graph.Chain([sound, key], "sidechaincompress=threshold=0.03:ratio=8:attack=20:release=300");
        return graph.Chain([heard, ducked], "amix=inputs=2:duration=first:normalize=0,alimiter=limit=0.95:level=0");
    }
}
