namespace McpI2V.Media.CutOuts;

/// <summary>
/// Parts a photograph into backdrop and subject: the backdrop is what can be reached from the border over its colours, and over soft
/// shadows that it takes; what is enclosed is subject, but for openings that show exactly the backdrop.
/// </summary>
internal static class SubjectMask
{
    // A shadow is the backdrop with less light, and nowhere has an edge; deeper ones are a subject's own.
    private const float DeepestShadow = 0.45f;
    private const float SteepestShadow = 3000;
    private const float HueOfShadow = 9;

    /// <summary>True where the subject is.</summary>
    /// <exception cref="MediaException">There is none, or it fills the picture; the message says what to do.</exception>
    public static bool[] Of(Photo photo, PlainBackdrop backdrop)
    {
        var near = Math.Max(7, 4.5f * backdrop.Noise);
        // Levels over four pixels: a shadow is as soft as the scene is, however many pixels it has.
        var steep = (SteepestShadow / Math.Min(photo.Width, photo.Height)) + (2 * backdrop.Noise);
        var isBackdrop = new bool[photo.Pixels];
        var open = new Stack<int>();
        for (var at = 0; at < photo.Pixels; at++)
        {
            var (x, y) = (at % photo.Width, at / photo.Width);
            if ((x == 0 || y == 0 || x == photo.Width - 1 || y == photo.Height - 1) && backdrop.Distance(at) < near)
            {
                isBackdrop[at] = true;
                open.Push(at);
            }
        }
        Spread(photo, open, isBackdrop, at => backdrop.Distance(at) < near || IsShadow(photo, backdrop, at, steep));
        OpenHoles(photo, backdrop, isBackdrop);
        var subject = Threads.Without(photo, backdrop, Despeckled(photo, isBackdrop));
        var share = (double)subject.Count(s => s) / photo.Pixels;
        return share switch
        {
            < 0.004 => throw new MediaException(
                MediaFault.OutOfRange,
                "nothing stands out from the backdrop: the subject has its colour, or there is none. Give a photograph in which it " +
                    "differs, or let a model remove the background (list_models with kind image_edit)"),
            > 0.93 => throw new MediaException(
                MediaFault.OutOfRange,
                "the subject fills the picture, so no backdrop is left to tell it from. Give a photograph with some of the backdrop on " +
                    "every side"),
            _ => subject,
        };
    }

    private static bool IsShadow(Photo photo, PlainBackdrop backdrop, int at, float steep)
    {
        var (red, green, blue) = backdrop.At(at);
        var lit = ((0.2126f * red) + (0.7152f * green) + (0.0722f * blue)) is > 1 and var full ? photo.Luma(at) / full : 1;
        if (lit is < DeepestShadow or > 1.02f || photo.Distance(at, red * lit, green * lit, blue * lit) > HueOfShadow)
        {
            return false;
        }
        var (x, y) = (at % photo.Width, at / photo.Width);
        var (left, right) = (at - Math.Min(2, x), at + Math.Min(2, photo.Width - 1 - x));
        var (above, below) = (at - (Math.Min(2, y) * photo.Width), at + (Math.Min(2, photo.Height - 1 - y) * photo.Width));
        var here = photo.Luma(at);
        ReadOnlySpan<int> around = [left, right, above, below];
        foreach (var near in around)
        {
            if (Math.Abs(photo.Luma(near) - here) > steep)
            {
                return false;
            }
        }
        return true;
    }

    private static void Spread(Photo photo, Stack<int> open, bool[] reached, Func<int, bool> goesOn)
    {
        while (open.TryPop(out var at))
        {
            var x = at % photo.Width;
            Reach(at - 1, x > 0);
            Reach(at + 1, x < photo.Width - 1);
            Reach(at - photo.Width, at >= photo.Width);
            Reach(at + photo.Width, at < photo.Pixels - photo.Width);
        }

        void Reach(int next, bool isInside)
        {
            if (isInside && !reached[next] && goesOn(next))
            {
                reached[next] = true;
                open.Push(next);
            }
        }
    }

    // The ring of a handle; not a white label on a white sheet, which is never quite of one colour with it.
    private static void OpenHoles(Photo photo, PlainBackdrop backdrop, bool[] isBackdrop)
    {
        var exact = Math.Max(3, 1.5f * backdrop.Noise);
        var (fewest, most) = (photo.Pixels / 4000, photo.Pixels / 12);
        var seen = new bool[photo.Pixels];
        for (var start = 0; start < photo.Pixels; start++)
        {
            if (isBackdrop[start] || seen[start] || backdrop.Distance(start) > exact)
            {
                continue;
            }
            List<int> hole = [];
            var open = new Stack<int>([start]);
            seen[start] = true;
            Spread(photo, open, seen, at =>
            {
                var isIn = !isBackdrop[at] && backdrop.Distance(at) < 2 * exact;
                if (isIn)
                {
                    hole.Add(at);
                }
                return isIn;
            });
            if (hole.Count > fewest && hole.Count < most && hole.Average(backdrop.Distance) < exact)
            {
                hole.ForEach(at => isBackdrop[at] = true);
            }
        }
    }

    // Dust on the sheet is no subject, and a glint in the subject no backdrop.
    private static bool[] Despeckled(Photo photo, bool[] isBackdrop)
    {
        var subject = isBackdrop.Select(b => !b).ToArray();
        var sizes = new Dictionary<int, List<int>>();
        var seen = (bool[])isBackdrop.Clone();
        var largest = 0;
        for (var start = 0; start < photo.Pixels; start++)
        {
            if (seen[start])
            {
                continue;
            }
            List<int> part = [start];
            seen[start] = true;
            Spread(photo, new Stack<int>([start]), seen, at =>
            {
                part.Add(at);
                return true;
            });
            sizes[start] = part;
            largest = Math.Max(largest, part.Count);
        }
        foreach (var part in sizes.Values.Where(p => p.Count < largest / 60))
        {
            part.ForEach(at => subject[at] = false);
        }
        return subject;
    }
}
