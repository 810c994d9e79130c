using McpI2V.Media.Clips.Grammar;
using McpI2V.Media.Clips.Operations.Sound;
using McpI2V.Media.Clips.Rendering;
using McpI2V.Media.Sound.Graphs;

namespace McpI2V.Media.Clips.Operations.Timing;

/// <summary>Holds one frame for a while; the clip then goes on.</summary>
internal sealed record FreezeFrame(ClipMoment At, TimeSpan Duration, FreezeFrame.Heard Sound) : IPicturePause, ISoundOperation
{
    private static readonly TimeSpan Return = TimeSpan.FromMilliseconds(60);

    /// <summary>What is heard while the picture is held.</summary>
    internal enum Heard
    {
        /// <summary>Music that lies under the clip goes on; the clip's own sound does too, and is back with its picture when that goes on.
        /// </summary>
        Plays,

        /// <summary>Nothing.</summary>
        Pauses,
    }

    public static OperationDefinition Definition { get; } = new(
        "freeze_frame",
        "Holds one frame for a while; then the clip goes on.",
        [Takes.At, Takes.Duration, Takes.Sound],
        reader => new FreezeFrame(Takes.At.Read(reader), Takes.Duration.Read(reader), Takes.Sound.Read(reader)))
    {
        SpeaksForItself = true,
    };

    public string Name => Definition.Name;

    private static class Takes
    {
        public static readonly Member<ClipMoment> At = Members.RequiredMoment("at_seconds", "the frame that is held");

        public static readonly Member<TimeSpan> Duration = Members.Seconds("duration_seconds", "for how long", 0.1, 30, 1).ByName();

        public static readonly Member<Heard> Sound = Members.Choice("sound", "what is heard meanwhile", Heard.Plays);
    }

    public IClipOperation? Ceiling => Sound == Heard.Plays ? Loudness.Ceiling : null;

    public ClipSpan? PauseUnderSound(ClipShape before) =>
        Sound == Heard.Plays ? new ClipSpan(AtOn(before), AtOn(before) + Held(before)) : null;

    public bool LeavesColours => true;

    public ClipShape Apply(ClipShape before) =>
        At.On(before, Takes.At.Name) < before.Duration
            ? before.Lasting(before.Duration + Held(before), Name)
            : throw OperationReader.Fault(
                $"at_seconds is {At.Offset.TotalSeconds:0.##}, but the clip lasts {before.Duration.TotalSeconds:0.##} s");

    public ClipSpan? Carry(ClipSpan seen, ClipShape before)
    {
        var (at, held) = (AtOn(before), Held(before));
        return new ClipSpan(seen.Start > at ? seen.Start + held : seen.Start, seen.End > at ? seen.End + held : seen.End);
    }

    public GraphClip Build(RecipeGraph graph, Func<GraphClip> before)
    {
        var clip = before();
        var shape = clip.Shape;
        var frame = (int)Math.Round(AtOn(shape).TotalSeconds * shape.FramesPerSecond);
        var copies = (int)Math.Round(Held(shape).TotalSeconds * shape.FramesPerSecond);
        var video = graph.Chain(clip.Video, $"loop=loop={copies}:size=1:start={frame},setpts=N/(FRAME_RATE*TB)");
        var held = Apply(shape);
        return clip.Audio is null
            ? new GraphClip(video, null, held)
            : new GraphClip(video, Sound == Heard.Plays ? PlayOn(graph, clip.Audio, shape) : Pause(graph, clip.Audio, shape), held);
    }

    // On through the pause, then back to where the picture is, over a moment in which both are heard.
    private string PlayOn(RecipeGraph graph, string audio, ClipShape shape)
    {
        var (on, back) = Split(graph, audio);
        var (at, rest) = (AtOn(shape), shape.Duration - AtOn(shape));
        var melt = Return < rest ? Return : rest * 0.9;
        var until = at + Held(shape) + melt;
        var heard = until < shape.Duration ? until : shape.Duration;
        return graph.Chain(
            [
                graph.Chain(on, $"{SoundCuts.Hard(heard)},{SoundCuts.Edges(heard, start: false, end: true)},{SoundCuts.Hard(until)}"),
                graph.Chain(back, $"atrim=start={RecipeGraph.Seconds(at)},asetpts=PTS-STARTPTS,{SoundCuts.Hard(rest)}"),
            ],
            $"acrossfade=d={RecipeGraph.Seconds(melt)}:{SoundCuts.EqualPower}");
    }

    private string Pause(RecipeGraph graph, string audio, ClipShape shape)
    {
        var (head, tail) = Split(graph, audio);
        var (at, rest) = (AtOn(shape), shape.Duration - AtOn(shape));
        var silence = graph.AddSilence(Held(shape));
        var after = graph.Chain(
            tail,
            $"atrim=start={RecipeGraph.Seconds(at)},asetpts=PTS-STARTPTS,{SoundCuts.Hard(rest)}," +
                SoundCuts.Edges(rest, start: true, end: false));
        if (at == TimeSpan.Zero)
        {
            graph.Drop(head);
            return graph.Chain([silence, after], "concat=n=2:v=0:a=1");
        }
        var before = graph.Chain(head, $"{SoundCuts.Hard(at)},{SoundCuts.Edges(at, start: false, end: true)}");
        return graph.Chain([before, silence, after], "concat=n=3:v=0:a=1");
    }

    private static (string First, string Second) Split(RecipeGraph graph, string audio)
    {
        var (first, second) = (graph.NewLabel(), graph.NewLabel());
        graph.Raw($"[{audio}]asplit=2[{first}][{second}]");
        return (first, second);
    }

    private TimeSpan AtOn(ClipShape shape)
    {
        var (at, last) = (OnFrames(At.On(shape, Takes.At.Name), shape), shape.Duration - TimeSpan.FromSeconds(1 / shape.FramesPerSecond));
        return at < last ? at : OnFrames(last, shape);
    }

    private TimeSpan Held(ClipShape shape) => OnFrames(Duration, shape);

    private static TimeSpan OnFrames(TimeSpan time, ClipShape shape) =>
        TimeSpan.FromSeconds(Math.Round(time.TotalSeconds * shape.FramesPerSecond) / shape.FramesPerSecond);
}
