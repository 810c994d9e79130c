using McpI2V.Media.Clips.Grammar;
using McpI2V.Media.Ffmpeg;

namespace McpI2V.Media.Clips.Operations.Sound;

/// <summary>Lays a sound under the clip, mixed with the clip's own where it has one.</summary>
internal sealed record Audio(AudioSource Sound, double GainDb, ClipMoment Start, bool Looped, TimeSpan FadeOut, bool Duck, bool Normalize)
    : IClipOperation
{
    public static OperationDefinition Definition { get; } = new(
        "audio",
        "Lays a sound under the clip, mixed with its own.",
        [Takes.Sound, Takes.GainDb, Takes.Start, Takes.Loop, Takes.FadeOut, Takes.Duck, Takes.Normalize],
        reader => new Audio(
            Takes.Sound.Read(reader),
            Takes.GainDb.Read(reader),
            Takes.Start.Read(reader),
            Takes.Loop.Read(reader),
            Takes.FadeOut.Read(reader),
            Takes.Duck.Read(reader),
            Takes.Normalize.Read(reader)));

    public string Name => Definition.Name;

    private static class Takes
    {
        public static readonly Member<AudioSource> Sound = Members.Sound("audio", "what is laid under the clip");

        public static readonly Member<double> GainDb = Members.Number("gain_db", "louder or softer, in dB", -60, 20, 0);

        public static readonly Member<ClipMoment> Start = Members.Moment("start_seconds", "when it begins");

        public static readonly Member<bool> Loop = Members.Flag("loop", "repeats it to the clip's end");

        public static readonly Member<TimeSpan> FadeOut = Members.Seconds("fade_seconds", "fades out at the clip's end", 0, 30, 0);

        public static readonly Member<bool> Duck = Members.Flag("duck", "softer while the clip itself is heard");

        public static readonly Member<bool> Normalize = Members.Flag("normalize", "brings the mix to -14 LUFS, as the apps do");
    }

    public ClipShape Apply(ClipShape before)
    {
        _ = ClipMoment.Span(Start, end: null, before);
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
        var start = ClipMoment.Span(Start, end: null, shape).Start;
        if (start > TimeSpan.Zero)
        {
            filters.Add($"adelay=delays={(long)start.TotalMilliseconds}:all=1");
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
