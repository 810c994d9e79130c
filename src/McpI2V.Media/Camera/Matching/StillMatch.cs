using McpI2V.Media.Camera.Sampling;

namespace McpI2V.Media.Camera.Matching;

/// <summary>
/// Where the same object stands in two pictures: what is at (x, y) of the first is at (<see cref="Scale"/> · x + <see cref="ShiftX"/>,
/// <see cref="Scale"/> · y + <see cref="ShiftY"/>) of the second, in shares of each one's width.
/// </summary>
internal sealed record StillMatch(double Scale, double ShiftX, double ShiftY)
{
    /// <summary>How large pictures need be.</summary>
    public const int LongestSide = 640;

    // Two frames of one scene reach 0.97, different things stay below 0.2; glass before another wall reaches 0.37, not to the pixel.
    private const double LeastLikeness = 0.6;
    private const double MostApart = 12;
    private const int Coarse = 72;
    private const int Middle = 200;
    private const double Smallest = 0.25;

    /// <summary>True if what surrounds the thing is the same too.</summary>
    public bool IsOneScene { get; private init; }

    /// <summary>Looks for it; null where the two show different things, or nothing that could be told.</summary>
    public static StillMatch? Of(Plane first, Plane second)
    {
        // A thing is looked for where it is smaller, so that it lies within the picture whole.
        var (into, back) = (Smaller(first, second), Smaller(second, first));
        var isInto = into.Likeness >= back.Likeness;
        var best = isInto ? into : back;
        if (best.Likeness < LeastLikeness)
        {
            return null;
        }
        var found = new StillMatch(best.Scale, best.ShiftX, best.ShiftY);
        var match = isInto ? found : new StillMatch(1 / found.Scale, -found.ShiftX / found.Scale, -found.ShiftY / found.Scale);
        return match with { IsOneScene = match.Apart(Grey.From(first, Middle), Grey.From(second, Middle)) < MostApart };
    }

    // How far apart both are where both are, in levels.
    private double Apart(Grey first, Grey second)
    {
        var (sum, count) = (0.0, 0);
        for (var y = 0; y < first.Height; y += 3)
        {
            for (var x = 0; x < first.Width; x += 3)
            {
                var (atX, atY) = ((x + 0.5) / first.Width, (y + 0.5) / first.Width);
                var (toX, toY) = ((Scale * atX) + ShiftX, (Scale * atY) + ShiftY);
                if (toX is > 0 and < 1 && toY > 0 && toY < second.Ratio)
                {
                    (sum, count) = (sum + Math.Abs(first.At(atX, atY) - second.At(toX, toY)), count + 1);
                }
            }
        }
        return count == 0 ? 255 : sum / count;
    }

    private static Guess Smaller(Plane first, Plane second)
    {
        var middleFirst = Grey.From(first, Middle);
        if (Subject.Of(middleFirst) is not { } subject)
        {
            return default;
        }
        var (patch, middleSecond) = (Patch.Of(middleFirst.Detail(), subject, 40), Grey.From(second, Middle));
        var found = Search(Grey.From(first, Coarse).Detail(), Grey.From(second, Coarse), subject)
            .Select(guess => Climb(patch, middleSecond.Detail(guess.Scale), subject, guess, 1.0 / Coarse))
            .MaxBy(guess => guess.Likeness);
        patch = Patch.Of(Grey.From(first, LongestSide).Detail(), subject, 72);
        var fineSecond = Grey.From(second, LongestSide).Detail(found.Scale);
        return Climb(patch, fineSecond, subject, found, 1.0 / Middle);
    }

    // Every place at every size, on a few hundred points: the likeliest place of the likeliest sizes.
    private static IEnumerable<Guess> Search(Grey first, Grey second, Subject subject)
    {
        const int Points = 18;
        const int Sizes = 8;
        var patch = Patch.Of(first, subject, Points);
        List<Guess> guesses = [];
        for (var scale = Smallest; scale < 1.15; scale *= 1.06)
        {
            var best = new Guess(scale, 0, 0, -1);
            var detail = second.Detail(scale);
            var step = 1.0 / second.Width;
            for (var top = 0.0; top + (scale * subject.Height) <= second.Ratio + step; top += step)
            {
                for (var left = 0.0; left + (scale * subject.Width) <= 1 + step; left += step)
                {
                    var guess = new Guess(scale, left - (scale * subject.Left), top - (scale * subject.Top), 0);
                    var likeness = patch.LikenessTo(detail, subject, guess);
                    if (likeness > best.Likeness)
                    {
                        best = guess with { Likeness = likeness };
                    }
                }
            }
            guesses.Add(best);
        }
        return guesses.OrderByDescending(g => g.Likeness).Take(Sizes);
    }

    // Small steps in size and place, halved when none is better.
    private static Guess Climb(Patch patch, Grey second, Subject subject, Guess start, double step)
    {
        var best = start with { Likeness = patch.LikenessTo(second, subject, start) };
        while (step > 0.02 / second.Width)
        {
            var before = best.Likeness;
            foreach (var (grow, right, down) in new[] { (1, 0, 0), (-1, 0, 0), (0, 1, 0), (0, -1, 0), (0, 0, 1), (0, 0, -1) })
            {
                // It grows around the subject's middle.
                var scale = best.Scale + (grow * step);
                var guess = new Guess(
                    scale,
                    best.ShiftX + (right * step) - ((scale - best.Scale) * subject.MiddleX),
                    best.ShiftY + (down * step) - ((scale - best.Scale) * subject.MiddleY),
                    0);
                var likeness = scale < Smallest / 2 ? -1 : patch.LikenessTo(second, subject, guess);
                if (likeness > best.Likeness)
                {
                    best = guess with { Likeness = likeness };
                }
            }
            if (best.Likeness <= before)
            {
                step /= 2;
            }
        }
        return best;
    }
}
