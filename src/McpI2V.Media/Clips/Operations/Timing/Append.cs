using McpI2V.Media.Clips.Grammar;
using McpI2V.Media.Clips.Operations.Picture;
using McpI2V.Media.Clips.Rendering;

namespace McpI2V.Media.Clips.Operations.Timing;

/// <summary>
/// Adds clips after this one, each brought to this one's size and rate. Their own recipes are rendered from their masters.
/// </summary>
internal sealed record Append(IReadOnlyList<ClipSource> Clips, Transition Transition, TimeSpan Length) : ISoundOperation
{
    public static OperationDefinition Definition { get; } = new(
        "append",
        "Adds clips after this one, each brought to its size and rate.",
        [Takes.Clips, Takes.Transition, Takes.Length],
        reader => new Append(Takes.Clips.Read(reader), Takes.Transition.Read(reader), Takes.Length.Read(reader)));

    public string Name => Definition.Name;

    private static class Takes
    {
        public static readonly Member<IReadOnlyList<ClipSource>> Clips = Members.Clips("clips", "in order", 24);

        public static readonly Member<Transition> Transition = Members.Choice("transition", "between clips", Media.Clips.Transition.Cut);

        public static readonly Member<TimeSpan> Length = Members.Seconds("transition_seconds", "how long it takes", 0.1, 5, 0.5).ByName();
    }

    public IClipOperation? Ceiling => Transition == Transition.Cut ? null : Sound.Loudness.Ceiling;

    public IClipOperation With(IReadOnlyList<ClipSource> clips) => this with { Clips = clips };

    public ClipShape Apply(ClipShape before)
    {
        var shape = before;
        foreach (var clip in Clips.Select(c => c.Result()))
        {
            var shorter = clip.Duration < shape.Duration ? clip.Duration : shape.Duration;
            if (Transition != Transition.Cut && Length >= shorter)
            {
                throw OperationReader.Fault(
                    $"transition_seconds is {Length.TotalSeconds:0.##}, but a clip lasts only {shorter.TotalSeconds:0.##} s");
            }
            shape = shape with { HasAudio = shape.HasAudio || clip.HasAudio };
            shape = shape.Lasting(shape.Duration + Fitted(clip, before) - Transitions.Overlap(Transition, Length), Name);
        }
        return shape;
    }

    public GraphClip Build(RecipeGraph graph, Func<GraphClip> before)
    {
        var first = before();
        var shape = Apply(first.Shape);
        var film = Audible(graph, first, shape.HasAudio);
        foreach (var source in Clips)
        {
            film = Transitions.Join(graph, film, Matched(graph, graph.Add(source), film.Shape), Transition, Length);
        }
        return film with { Shape = shape };
    }

    private static GraphClip Matched(RecipeGraph graph, GraphClip clip, ClipShape film)
    {
        var like = Math.Abs((clip.Shape.Size.Ratio / film.Size.Ratio) - 1) < 0.03;
        var video = Reframe.Fitted(graph, clip.Video, film.Size, like ? Reframe.Fit.Crop : Reframe.Fit.Blur, 0.5, 0.5);
        video = graph.Chain(video, $"fps={Ffmpeg.FfmpegCommand.Number(film.FramesPerSecond)},settb=AVTB");
        var shape = film with { Duration = Fitted(clip.Shape, film), HasAudio = clip.Shape.HasAudio };
        return Audible(graph, new GraphClip(video, clip.Audio, shape), film.HasAudio);
    }

    private static GraphClip Audible(RecipeGraph graph, GraphClip clip, bool wanted) =>
        wanted && clip.Audio is null
            ? clip with { Audio = graph.AddSilence(clip.Shape.Duration), Shape = clip.Shape with { HasAudio = true } }
            : clip;

    private static TimeSpan Fitted(ClipShape clip, ClipShape film) =>
        TimeSpan.FromSeconds(Math.Round(clip.Duration.TotalSeconds * film.FramesPerSecond) / film.FramesPerSecond);
}
