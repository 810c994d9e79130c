using McpI2V.Media.Camera.Matching;
using McpI2V.Media.Sound.Graphs;

namespace McpI2V.Media.Clips.Joining;

/// <summary>Joins clips with a transition between them.</summary>
internal static class Transitions
{
    /// <summary>How long a film becomes.</summary>
    public static TimeSpan Overlap(Transition transition, TimeSpan length) => transition == Transition.Cut ? TimeSpan.Zero : length;

    /// <summary>Two clips of one size and rate; the second begins while the first ends.</summary>
    /// <param name="graph">The graph being built.</param>
    /// <param name="first">The one.</param>
    /// <param name="second">The next.</param>
    /// <param name="transition">How the one becomes the other.</param>
    /// <param name="length">How long that takes.</param>
    /// <param name="match">Where what both show stands in each; null: they have nothing in common, and a match is a whip.</param>
    public static GraphClip Join(
        RecipeGraph graph,
        GraphClip first,
        GraphClip second,
        Transition transition,
        TimeSpan length,
        StillMatch? match = null)
    {
        var shape = first.Shape with { Duration = first.Shape.Duration + second.Shape.Duration - Overlap(transition, length) };
        if (transition == Transition.Cut)
        {
            return graph.Concat([first, second], shape);
        }
        var video = Drawn(transition, match) is { } draw
            ? Joint.Picture(graph, first, second, length, draw)
            : Faded(graph, first, second, transition, length);
        var audio = shape.HasAudio
            ? graph.Chain([first.Audio!, second.Audio!], $"acrossfade=d={RecipeGraph.Seconds(length)}:{SoundCuts.EqualPower}")
            : null;
        return new GraphClip(video, audio, shape);
    }

    // What moves is eased.
    private static Func<Joint, string>? Drawn(Transition transition, StillMatch? match) => transition switch
    {
        Transition.WipeLeft => MaskedJoint.Left,
        Transition.WipeRight => MaskedJoint.Right,
        Transition.Mask => MaskedJoint.Circle,
        Transition.SlideLeft => MovingJoint.SlideLeft,
        Transition.SlideUp => MovingJoint.SlideUp,
        Transition.Match when match is not null => joint => MovingJoint.Match(joint, match),
        Transition.Whip or Transition.Match => MovingJoint.Whip,
        Transition.Zoom => MovingJoint.Zoom,
        _ => null,
    };

    // What only fades needs no ease: light is mixed evenly to the eye.
    private static string Faded(RecipeGraph graph, GraphClip first, GraphClip second, Transition transition, TimeSpan length)
    {
        var offset = RecipeGraph.Seconds(first.Shape.Duration - length);
        var name = transition switch
        {
            Transition.FadeBlack => "fadeblack",
            Transition.FadeWhite => "fadewhite",
            _ => "fade",
        };
        return graph.Chain(
            [first.Video, second.Video],
            $"xfade=transition={name}:duration={RecipeGraph.Seconds(length)}:offset={offset}");
    }
}
