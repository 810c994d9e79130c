using McpI2V.Media.Sound.Graphs;

namespace McpI2V.Media.Clips;

/// <summary>Joins clips with a transition between them.</summary>
internal static class Transitions
{
    /// <summary>How long a film becomes.</summary>
    public static TimeSpan Overlap(Transition transition, TimeSpan length) => transition == Transition.Cut ? TimeSpan.Zero : length;

    /// <summary>Two clips of one size and rate; the second begins while the first ends.</summary>
    public static GraphClip Join(RecipeGraph graph, GraphClip first, GraphClip second, Transition transition, TimeSpan length)
    {
        var shape = first.Shape with { Duration = first.Shape.Duration + second.Shape.Duration - Overlap(transition, length) };
        if (transition == Transition.Cut)
        {
            return graph.Concat([first, second], shape);
        }
        var offset = RecipeGraph.Seconds(first.Shape.Duration - length);
        var video = graph.Chain(
            [first.Video, second.Video],
            $"xfade=transition={FilterName(transition)}:duration={RecipeGraph.Seconds(length)}:offset={offset}");
        var audio = shape.HasAudio
            ? graph.Chain([first.Audio!, second.Audio!], $"acrossfade=d={RecipeGraph.Seconds(length)}:{SoundCuts.EqualPower}")
            : null;
        return new GraphClip(video, audio, shape);
    }

    private static string FilterName(Transition transition) => transition switch
    {
        Transition.FadeBlack => "fadeblack",
        Transition.FadeWhite => "fadewhite",
        Transition.WipeLeft => "wipeleft",
        Transition.WipeRight => "wiperight",
        Transition.SlideLeft => "slideleft",
        Transition.SlideUp => "slideup",
        Transition.Zoom => "zoomin",
        _ => "fade",
    };
}
