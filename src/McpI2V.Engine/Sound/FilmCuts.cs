using McpI2V.Media.Sound.Beats;

namespace McpI2V.Engine.Sound;

/// <summary>Puts the cuts of a film on the beats of its music, by keeping a little less of each clip.</summary>
public static class FilmCuts
{
    // Less than this of a clip is a flash; a cut that would need it stays where it is.
    private const double LeastSeconds = 0.5;

    /// <summary>How much of each clip is kept, in seconds.</summary>
    /// <param name="lengths">How long the clips are.</param>
    /// <param name="overlap">How long one is seen with the next.</param>
    /// <param name="grid">The beats.</param>
    /// <param name="musicSeconds">After how long the music begins again.</param>
    public static IReadOnlyList<double> Of(IReadOnlyList<double> lengths, double overlap, BeatGrid grid, double musicSeconds)
    {
        List<double> kept = [];
        var start = 0.0;
        foreach (var (index, length) in lengths.Index())
        {
            // A transition is on the beat where it is half over; the film's end is one itself.
            var half = index == lengths.Count - 1 ? 0 : overlap / 2;
            var least = start + Math.Max(LeastSeconds, Math.Min(overlap * 1.2, length)) + half;
            var cut = Last(grid, musicSeconds, least, start + length - half);
            var end = cut is { } beat ? beat + half : start + length;
            kept.Add(end - start);
            start = end - overlap;
        }
        return kept;
    }

    // The last first beat of a bar where one is near the end, else the last beat.
    private static double? Last(BeatGrid grid, double musicSeconds, double from, double to)
    {
        var bar = Within(grid.Bars).LastOrDefault(-1);
        var beat = Within(grid.Beats).LastOrDefault(-1);
        var nearEnough = to - bar < Math.Max(0.35 * (to - from), 60 / grid.Bpm * 2);
        return bar >= 0 && nearEnough ? bar : beat >= 0 ? beat : null;

        IEnumerable<double> Within(IReadOnlyList<double> times)
        {
            for (var round = Math.Floor(from / musicSeconds); round * musicSeconds <= to; round++)
            {
                foreach (var time in times.Select(t => t + (round * musicSeconds)).Where(t => t >= from && t <= to + 0.001))
                {
                    yield return time;
                }
            }
        }
    }
}
