using McpI2V.Media.Ffmpeg;
using McpI2V.Media.Geometry;

namespace McpI2V.Media.Clips.Joining;

/// <summary>The frames in which one clip leaves and the next arrives.</summary>
/// <param name="Graph">Where they are drawn.</param>
/// <param name="Leaving">The last frames of the one.</param>
/// <param name="Arriving">The first of the other, as many.</param>
/// <param name="Size">Of the frames.</param>
/// <param name="Rate">Frames a second.</param>
/// <param name="Count">How many they are.</param>
internal sealed record Joint(RecipeGraph Graph, string Leaving, string Arriving, PixelSize Size, double Rate, int Count)
{
    /// <summary>Two pictures one after the other, the frames between them as <paramref name="draw"/> has them.</summary>
    public static string Picture(RecipeGraph graph, GraphClip first, GraphClip second, TimeSpan length, Func<Joint, string> draw)
    {
        var rate = first.Shape.FramesPerSecond;
        var (before, after) = (Frames(first.Shape.Duration, rate), Frames(second.Shape.Duration, rate));
        var count = Math.Clamp(Frames(length, rate), 1, Math.Max(1, Math.Min(before, after) - 1));
        var (head, leaving) = Split(graph, first.Video, before - count);
        var (arriving, rest) = Split(graph, second.Video, count);
        // A stream that is a frame shorter than it says stands still for that long.
        leaving = graph.Chain(leaving, FormattableString.Invariant($"tpad=stop_mode=clone:stop=2,trim=end_frame={count}"));
        var between = draw(new Joint(graph, leaving, arriving, first.Shape.Size, rate, count));
        var timed = graph.Chain(between, $"settb=AVTB,setpts=N/({FfmpegCommand.Number(rate)}*TB),setsar=1,format=yuv420p");
        return graph.Chain([head, timed, rest], "concat=n=3:v=1:a=0");
    }

    private static int Frames(TimeSpan length, double rate) => (int)Math.Round(length.TotalSeconds * rate);

    private static (string Before, string After) Split(RecipeGraph graph, string video, int at)
    {
        var (before, after) = graph.Twice(video);
        return (
            graph.Chain(before, FormattableString.Invariant($"trim=end_frame={at},setpts=PTS-STARTPTS")),
            graph.Chain(after, FormattableString.Invariant($"trim=start_frame={at},setpts=PTS-STARTPTS")));
    }
}
