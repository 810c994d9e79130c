using McpI2V.Media.Clips.Grammar;
using McpI2V.Media.Clips.Rendering;
using McpI2V.Media.Ffmpeg;
using McpI2V.Media.Sound;
using McpI2V.Media.Sound.Graphs;
using McpI2V.Media.Sound.Loudness;

namespace McpI2V.Media.Clips.Operations.Sound;

/// <summary>Lays a sound under the clip, mixed with the clip's own where it has one.</summary>
internal sealed record Audio(AudioSource Sound, double GainDb, ClipMoment Start, bool Looped, bool Duck, bool Normalize)
    : IAnalysingOperation, IBed, ISoundOperation
{
    // What is repeated from memory; longer music comes from its file again.
    private static readonly TimeSpan LongestHeld = TimeSpan.FromSeconds(60);

    public static OperationDefinition Definition { get; } = new(
        "audio",
        "Lays a sound under the clip, mixed with its own.",
        [
            Takes.Sound, Takes.GainDb, Takes.Start, Takes.From, Takes.Loop, Takes.FadeIn, Takes.FadeOut, Takes.Duck, Takes.Normalize,
            Takes.EndsOnBar,
        ],
        reader => new Audio(
            Takes.Sound.Read(reader),
            Takes.GainDb.Read(reader),
            Takes.Start.Read(reader),
            Takes.Loop.Read(reader),
            Takes.Duck.Read(reader),
            Takes.Normalize.Read(reader))
        {
            From = Takes.From.Read(reader),
            FadeIn = Takes.FadeIn.Read(reader),
            FadeOut = Takes.FadeOut.Read(reader),
        })
    {
        LeavesPicture = true,
    };

    public string Name => Definition.Name;

    /// <summary>Where in the sound it begins.</summary>
    public TimeSpan From { get; init; }

    /// <summary>How long it takes to come in.</summary>
    public TimeSpan FadeIn { get; init; }

    /// <summary>How long before the clip's end it begins to go.</summary>
    public TimeSpan FadeOut { get; init; }

    public bool OnlyListens => true;

    public IReadOnlyList<string> Filters => Duck ? ["amultiply"] : [];

    public IClipOperation Ceiling => Loudness.Ceiling;

    public IReadOnlyList<IClipOperation> Parts =>
        Normalize ? [this with { Normalize = false }, new Loudness(Loudness.Usual)] : [this];

    public string AnalysisName => "ducking 1";

    private static class Takes
    {
        public static readonly Member<AudioSource> Sound = Members.Sound("audio", "what is laid under the clip");

        public static readonly Member<double> GainDb = Members.Number("gain_db", "louder or softer", -60, 20, 0).ByName();

        public static readonly Member<ClipMoment> Start = Members.Moment("start_seconds", "when it begins");

        public static readonly Member<TimeSpan> From = Members.Time("from_seconds", "where in the sound it begins");

        public static readonly Member<bool> Loop = Members.Flag("loop", "repeats it to the clip's end").ByName();

        public static readonly Member<TimeSpan> FadeIn = Members.Time("fade_in_seconds", "fades in where it begins");

        public static readonly Member<TimeSpan> FadeOut = Members.Time("fade_seconds", "fades out at the clip's end");

        public static readonly Member<bool> Duck = Members.Flag("duck", "softer under the clip's own sound").ByName();

        public static readonly Member<bool> Normalize = Members.Flag("normalize", "the mix to -14 LUFS");

        // It is worked out before a recipe is kept.
        public static readonly Member<bool> EndsOnBar = Members.Flag("ends_on_bar", "begins where a bar ends with the clip").Finely();
    }

    public bool LeavesColours => true;

    public ClipShape Apply(ClipShape before)
    {
        var heard = before.Duration - StartOn(before);
        if (FadeOut > before.Duration)
        {
            throw OperationReader.Fault(
                $"fade_seconds is {FadeOut.TotalSeconds:0.##}, but the clip lasts {before.Duration.TotalSeconds:0.##} s");
        }
        if (FadeIn > heard)
        {
            throw OperationReader.Fault(
                $"fade_in_seconds is {FadeIn.TotalSeconds:0.##}, but it is heard for {heard.TotalSeconds:0.##} s");
        }
        if (From > TimeSpan.Zero && From >= Sound.Duration)
        {
            throw OperationReader.Fault(
                $"from_seconds is {From.TotalSeconds:0.##}, but the sound lasts {Sound.Duration.TotalSeconds:0.##} s");
        }
        return before with { HasAudio = true };
    }

    public IBed Past(ClipSpan pause, ClipShape before)
    {
        var start = StartOn(before);
        return start > pause.Start ? this with { Start = new ClipMoment(start + pause.End - pause.Start) } : this;
    }

    public bool MustLookAt(ClipShape before) => Duck && before.HasAudio;

    public async Task AnalyseAsync(ClipAnalysis before, CancellationToken cancellationToken)
    {
        var voice = new SoundLevels();
        await before.ListenAsync(voice.Add, cancellationToken);
        GainCurve.Write(before.ResultPath, Ducking.Under(voice));
    }

    public bool IsWhole(string resultPath, ClipShape before) => GainCurve.IsWhole(resultPath, before.Duration);

    public GraphClip Build(RecipeGraph graph, Func<GraphClip> before)
    {
        var clip = before();
        var shape = Apply(clip.Shape);
        var sound = Laid(graph, shape);
        if (clip.Audio is null)
        {
            return clip with { Audio = sound, Shape = shape };
        }
        var under = Duck ? graph.AddGain(sound, graph.AnalysisOf(this)) : sound;
        return clip with { Audio = graph.Chain([clip.Audio, under], "amix=inputs=2:duration=first:normalize=0"), Shape = shape };
    }

    private string Laid(RecipeGraph graph, ClipShape shape)
    {
        var start = StartOn(shape);
        var length = shape.Duration - start;
        var isHeld = Looped && Sound.Duration <= LongestHeld;
        List<string> filters = [];
        if (From > TimeSpan.Zero)
        {
            filters.Add($"atrim=start={RecipeGraph.Seconds(From)},asetpts=PTS-STARTPTS");
        }
        if (isHeld)
        {
            var once = Sound.Duration - From;
            var samples = (long)Math.Ceiling(LongestHeld.TotalSeconds * SoundRate.Samples);
            filters.Add($"{SoundCuts.Edges(once, start: true, end: true)},aloop=loop=-1:size={samples}");
        }
        filters.Add(SoundCuts.Hard(length));
        filters.Add($"volume={FfmpegCommand.Number(GainDb)}dB");
        var isCutAtStart = From > TimeSpan.Zero && FadeIn == TimeSpan.Zero && !isHeld;
        var isCutAtEnd = FadeOut == TimeSpan.Zero && (Looped || Sound.Duration - From > length);
        filters.Add(SoundCuts.Edges(length, isCutAtStart, isCutAtEnd));
        if (FadeIn > TimeSpan.Zero)
        {
            filters.Add($"afade=t=in:d={RecipeGraph.Seconds(FadeIn)}:curve=qsin");
        }
        if (start > TimeSpan.Zero)
        {
            filters.Add($"adelay=delays={(long)start.TotalMilliseconds}:all=1");
        }
        filters.Add(SoundCuts.Hard(shape.Duration));
        if (FadeOut > TimeSpan.Zero)
        {
            filters.Add($"afade=t=out:st={RecipeGraph.Seconds(shape.Duration - FadeOut)}:d={RecipeGraph.Seconds(FadeOut)}:curve=qsin");
        }
        return graph.Chain(graph.AddAudio(Sound, Looped && !isHeld), string.Join(',', filters.Where(f => f.Length > 0)));
    }

    private TimeSpan StartOn(ClipShape clip) => ClipMoment.Span(Start, end: null, clip).Start;
}
