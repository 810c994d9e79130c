using McpI2V.Media.Clips.Rendering;
using McpI2V.Media.Geometry;
using McpI2V.Media.Text.Layers;
using McpI2V.Media.Text.Placing;

namespace McpI2V.Media.Clips.Operations.Picture;

/// <summary>Finds a logo's place near its corner, clear of the subject, of what stands there, and of what apps lay over a clip.</summary>
internal static class LogoPlace
{
    // Another side is as far as a quarter of the frame's height.
    private const double OtherSide = 0.25;
    private const double MovedAway = 0.04;
    private const double LiesOverIt = 0.22;

    /// <summary>Where it stands if nothing is in its way.</summary>
    public static Area Wanted(PixelSize size, LogoCorner corner, PixelSize frame)
    {
        var (width, height) = ((double)size.Width / frame.Width, (double)size.Height / frame.Height);
        var zone = SafeZone.Of(frame);
        var rail = zone.Rails.Where(r => r.Bottom > zone.Free.Bottom).Select(r => r.Left).DefaultIfEmpty(zone.Free.Right).Min();
        var left = corner switch
        {
            LogoCorner.TopLeft or LogoCorner.BottomLeft => zone.Free.Left,
            LogoCorner.BottomRight => rail - width,
            LogoCorner.Center => (1 - width) / 2,
            _ => zone.Free.Right - width,
        };
        var top = corner switch
        {
            LogoCorner.BottomLeft or LogoCorner.BottomRight => zone.Free.Bottom - height,
            LogoCorner.Center => (1 - height) / 2,
            _ => zone.Free.Top,
        };
        return new Area(left, top, left + width, top + height);
    }

    /// <summary>The best place; what is put into the middle stays there, for it is laid over the subject on purpose.</summary>
    public static FoundPlace Find(PixelSize size, LogoCorner corner, OverlayView view, SubjectMap subject, (double Start, double End) seen)
    {
        var frame = view.Shape.Size;
        if (corner == LogoCorner.Center)
        {
            var middle = Wanted(size, corner, frame);
            var isFree = !view.Taken.Any(t => t.Meets(middle, seen.Start, seen.End));
            return new FoundPlace(middle, subject.In(middle), 0, isFree, 0);
        }
        var finder = new PlaceFinder(SafeZone.Of(frame), subject, view.Taken);
        var wanted = corner is LogoCorner.TopLeft or LogoCorner.TopRight ? 0 : 1;
        return new[] { (corner, 0.0), (Beside(corner), OtherSide) }
            .Select(c =>
            {
                var at = Wanted(size, c.Item1, frame);
                var candidate = new Candidate(at.Width, at.Height, (at.Left + at.Right) / 2, c.Item2);
                return finder.Find(candidate, wanted, seen.Start, seen.End);
            })
            .MinBy(p => p.Cost)!;
    }

    /// <summary>Its rectangle.</summary>
    public static LayerPlace InPixels(Area area, PixelSize size, PixelSize frame) => new(
        (int)Math.Round(area.Left * frame.Width),
        (int)Math.Round(area.Top * frame.Height),
        size.Width,
        size.Height);

    /// <summary>What became of it, as a sentence's part; null: it stands where it was wanted, as it is.</summary>
    public static string? Told(FoundPlace place, LogoCorner corner, string? look)
    {
        var isLeft = corner is LogoCorner.TopLeft or LogoCorner.BottomLeft;
        var isThere = (place.Area.Left + place.Area.Right < 1) == isLeft || corner == LogoCorner.Center;
        string?[] parts =
        [
            isThere ? null : $"at the {(isLeft ? "right" : "left")}",
            Math.Abs(place.Away) > MovedAway ? place.Away < 0 ? "higher" : "lower" : null,
        ];
        var where = string.Join(" and ", parts.OfType<string>());
        var moved = where.Length > 0 ? $"stands {where} than {SnakeCase.From(corner)}, clear of the subject and of texts" : null;
        moved = isThere ? moved : moved?.Replace(" than ", " and not ", StringComparison.Ordinal);
        return moved is null && look is null ? null : $"the logo {string.Join("; it ", new[] { moved, look }.OfType<string>())}";
    }

    /// <summary>What could not be kept.</summary>
    public static IEnumerable<string> Notes(FoundPlace place, LogoCorner corner)
    {
        if (!place.IsFree)
        {
            yield return "for the logo no place is left that is clear of texts and of what platforms lay over a clip; make it smaller, " +
                "or show it at another time";
        }
        else if (place.Covers > LiesOverIt && corner != LogoCorner.Center)
        {
            yield return "the logo lies over the subject: the frame has no free place for it near its corner; make it smaller";
        }
    }

    private static LogoCorner Beside(LogoCorner corner) => corner switch
    {
        LogoCorner.TopLeft => LogoCorner.TopRight,
        LogoCorner.TopRight => LogoCorner.TopLeft,
        LogoCorner.BottomLeft => LogoCorner.BottomRight,
        _ => LogoCorner.BottomLeft,
    };
}
