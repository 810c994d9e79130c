using System.Globalization;
using McpI2V.Media.Camera.Matching;
using McpI2V.Media.Clips.Grammar;
using McpI2V.Media.Clips.Joining;
using McpI2V.Media.Clips.Operations.Picture;
using McpI2V.Media.Clips.Rendering;
using McpI2V.Media.Clips.Spoken;

namespace McpI2V.Media.Clips.Operations.Timing;

/// <summary>
/// Adds clips after this one, each brought to this one's size and rate. Their own recipes are rendered from their masters.
/// </summary>
internal sealed record Append(IReadOnlyList<ClipSource> Clips, Transition Transition, TimeSpan Length)
    : IAnalysingOperation, ISoundOperation, ISpokenWords
{
    public static OperationDefinition Definition { get; } = new(
        "append",
        "Adds clips after this one, each brought to its size and rate.",
        [Takes.Clips, Takes.Transition, Takes.Length, Takes.Keep],
        reader => new Append(Takes.Clips.Read(reader), Takes.Transition.Read(reader), Takes.Length.Read(reader))
        {
            Keep = Takes.Keep.Read(reader),
        });

    public string Name => Definition.Name;

    public IReadOnlyList<string> Filters => Transition == Transition.Match ? ["perspective"] : [];

    public string AnalysisName => FormattableString.Invariant(
        $"append 1, {Length.TotalSeconds} of {string.Join(' ', Keep.Select(k => k.ToString(CultureInfo.InvariantCulture)))}");

    public IReadOnlyList<ClipSource> LooksAtClips => Clips;

    public bool MustLookAt(ClipShape before) => Transition == Transition.Match;

    /// <summary>How much is kept of each clip, in seconds; of those past its end and of 0 all.</summary>
    public IReadOnlyList<double> Keep { get; init; } = [];

    private static class Takes
    {
        public static readonly Member<IReadOnlyList<ClipSource>> Clips = Members.Clips("clips", "in order", 24);

        public static readonly Member<Transition> Transition = Members.Choice("transition", "between clips", Media.Clips.Transition.Cut);

        public static readonly Member<TimeSpan> Length = Members.Seconds("transition_seconds", "how long it takes", 0.1, 5, 0.5).ByName();

        public static readonly Member<IReadOnlyList<double>> Keep = Members.Lengths("keep_seconds", "how much is kept of each clip", 24);
    }

    public IClipOperation? Ceiling => Transition == Transition.Cut ? null : Sound.Loudness.Ceiling;

    public IClipOperation With(IReadOnlyList<ClipSource> clips) => this with { Clips = clips };

    public ClipShape Apply(ClipShape before)
    {
        var shape = before;
        foreach (var clip in Clips.Select((c, i) => KeptOf(i, c.Result())))
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

    // The words of each clip, as long as it is kept, from where it begins in the film.
    public IReadOnlyList<SpokenWords> WordsOn(ClipShape before)
    {
        List<SpokenWords> words = [];
        var start = before.Duration;
        foreach (var (index, clip) in Clips.Index())
        {
            start -= Transitions.Overlap(Transition, Length);
            var end = start + Fitted(KeptOf(index, clip.Result()), before);
            words.AddRange(Subtitles.In(clip)
                .Select(w => w with { Seen = new ClipSpan(start + w.Seen.Start, start + w.Seen.End) })
                .Where(w => w.Seen.Start < end)
                .Select(w => w.Seen.End > end ? w with { Seen = w.Seen with { End = end } } : w));
            start = end;
        }
        return words;
    }

    public async Task AnalyseAsync(ClipAnalysis before, CancellationToken cancellationToken)
    {
        var moments = await before.SeeAsync(Joints, StillMatch.LongestSide, cancellationToken);
        await ClipMatches.WriteAsync(before.ResultPath, moments, cancellationToken);
    }

    public bool IsWhole(string resultPath, ClipShape before) => ClipMatches.IsWhole(resultPath, Clips.Count);

    public IEnumerable<string> Notes(string resultPath)
    {
        var apart = ClipMatches.Read(resultPath).Index().Where(m => m.Item is null).Select(m => m.Index + 1).ToList();
        if (apart.Count > 0)
        {
            var which = Clips.Count == 1 ? "the clips" : $"the clips of joint {string.Join(", ", apart)}";
            yield return $"{which} show nothing that is alike in both, so the camera whips from the one to the next; transition match is " +
                "for the same thing in both";
        }
    }

    // The moment in the middle of each joint, of the one clip and of the next.
    private IEnumerable<(GraphClip Clip, TimeSpan At)> Joints(RecipeGraph graph, Func<GraphClip> before)
    {
        var first = before();
        var film = first.Shape;
        for (var joint = 0; joint < Clips.Count; joint++)
        {
            var leaving = joint == 0 ? first : Matched(graph, Cut(graph, graph.Add(Clips[joint - 1]), joint - 1), film);
            yield return (leaving, leaving.Shape.Duration - (Length / 2));
            yield return (Matched(graph, Cut(graph, graph.Add(Clips[joint]), joint), film), Length / 2);
        }
    }

    public GraphClip Build(RecipeGraph graph, Func<GraphClip> before)
    {
        var first = before();
        var shape = Apply(first.Shape);
        var film = Audible(graph, first, shape.HasAudio);
        var matches = graph.HasLooked(this) ? ClipMatches.Read(graph.Work.At(graph.AnalysisOf(this))) : [];
        foreach (var (index, source) in Clips.Index())
        {
            var next = Matched(graph, Cut(graph, graph.Add(source), index), film.Shape);
            film = Transitions.Join(graph, film, next, Transition, Length, index < matches.Count ? matches[index] : null);
        }
        return film with { Shape = shape };
    }

    private ClipShape KeptOf(int index, ClipShape clip)
    {
        var kept = index < Keep.Count && Keep[index] > 0 ? TimeSpan.FromSeconds(Keep[index]) : clip.Duration;
        return kept < clip.Duration ? clip.Lasting(Fitted(clip with { Duration = kept }, clip), Name) : clip;
    }

    private GraphClip Cut(RecipeGraph graph, GraphClip clip, int index)
    {
        var shape = KeptOf(index, clip.Shape);
        return shape.Duration < clip.Shape.Duration ? Trim.Piece(graph, clip, TimeSpan.Zero, shape) : clip;
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
