namespace McpI2V.Media.Text.Placing;

/// <summary>Finds a place near the wanted one, free of what stands there and of platforms' interfaces, and off the subject.</summary>
/// <param name="zone">What platforms leave free.</param>
/// <param name="subject">Where the subject is; null if nobody has looked.</param>
/// <param name="taken">What stands in the frame already.</param>
internal sealed class PlaceFinder(SafeZone zone, SubjectMap? subject, IReadOnlyList<TakenArea> taken)
{
    // Being more than half over the subject is as bad as being one and a half frames away; its edge alone counts already.
    private const double OverSubject = 3;
    private const double Over = 0.5;

    // Letters that only touch it are seen as a mistake, so that much smaller ones beside it are better.
    private const double Touching = 0.12;
    private const double Touch = 0.012;
    private const double Step = 0.01;
    private const double Blocked = 10;

    // Letters closer to each other than this look like one text.
    private const double Gap = 0.012;

    /// <summary>Finds the best place of a candidate.</summary>
    /// <param name="candidate">What it is.</param>
    /// <param name="wanted">Where its middle is wanted, from the free zone's top at 0 to its bottom at 1.</param>
    /// <param name="start">From when it is seen, in seconds.</param>
    /// <param name="end">Until when.</param>
    public FoundPlace Find(Candidate candidate, double wanted, double start, double end)
    {
        var free = zone.Free;
        var room = Math.Max(0, free.Height - candidate.Height);
        var ideal = free.Top + (room * wanted);
        var left = Math.Clamp(candidate.CentreX - (candidate.Width / 2), Math.Min(free.Left, 1 - candidate.Width), Math.Max(
            free.Left,
            free.Right - candidate.Width));
        FoundPlace? best = null;
        for (var top = free.Top; top <= free.Top + room + 1e-9; top += Step)
        {
            best = Better(best, At(candidate, left, top, ideal, start, end));
        }
        return Better(best, At(candidate, left, ideal, ideal, start, end))!;
    }

    private FoundPlace At(Candidate candidate, double left, double top, double ideal, double start, double end)
    {
        var area = new Area(left, top, left + candidate.Width, top + candidate.Height);
        var covers = subject?.In(area) ?? 0;
        var isFree = zone.Free.Holds(area)
            && !zone.Rails.Any(r => r.Overlaps(area))
            && !taken.Any(t => t.Meets(area.Grown(0, Gap), start, end));
        var cost = candidate.Cost + Math.Abs(top - ideal) + (OverSubject * Math.Min(Over, covers)) + (covers > Touch ? Touching : 0)
            + (isFree ? 0 : Blocked);
        return new FoundPlace(area, covers, top - ideal, isFree, cost);
    }

    private static FoundPlace? Better(FoundPlace? one, FoundPlace other) => one is null || other.Cost < one.Cost - 1e-9 ? other : one;
}
