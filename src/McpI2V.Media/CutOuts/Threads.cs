namespace McpI2V.Media.CutOuts;

/// <summary>
/// Takes threads off a subject that are the backdrop's own: where a wall meets a floor, or the rim of a shadow. They are thin, long and
/// hardly other than the backdrop; a straw or a string is thin too, and stands out.
/// </summary>
internal static class Threads
{
    // Levels from the backdrop; a horizon lies between its two sides.
    private const float Faint = 60;
    private const int Thickest = 300;

    /// <summary>The subject without them.</summary>
    public static bool[] Without(Photo photo, PlainBackdrop backdrop, bool[] subject)
    {
        var radius = Math.Max(1, Math.Min(photo.Width, photo.Height) / Thickest);
        var solid = Where(photo, subject, radius, mean => mean > 0.999f);
        // What is left of it, as wide as it was and a little more, so that corners stay.
        var body = Where(photo, solid, 2 * radius, mean => mean > 0);
        var left = (bool[])subject.Clone();
        var seen = new bool[subject.Length];
        for (var start = 0; start < subject.Length; start++)
        {
            if (subject[start] && !body[start] && !seen[start])
            {
                var thread = Thread(photo, start, at => subject[at] && !body[at], seen);
                if (IsLong(photo, thread, 6 * radius) && thread.Average(backdrop.Distance) < Faint)
                {
                    thread.ForEach(at => left[at] = false);
                }
            }
        }
        return left;
    }

    private static bool[] Where(Photo photo, bool[] mask, int radius, Predicate<float> isIn) => Array.ConvertAll(
        BoxMean.Of(Array.ConvertAll(mask, m => m ? 1f : 0), photo.Width, photo.Height, radius),
        mean => isIn(mean));

    private static bool IsLong(Photo photo, List<int> thread, int length)
    {
        var (across, down) = (thread.Select(at => at % photo.Width), thread.Select(at => at / photo.Width));
        return Math.Max(across.Max() - across.Min(), down.Max() - down.Min()) >= length;
    }

    private static List<int> Thread(Photo photo, int start, Predicate<int> isIn, bool[] seen)
    {
        List<int> thread = [start];
        seen[start] = true;
        for (var next = 0; next < thread.Count; next++)
        {
            var (x, y) = (thread[next] % photo.Width, thread[next] / photo.Width);
            for (var row = Math.Max(0, y - 1); row <= Math.Min(photo.Height - 1, y + 1); row++)
            {
                for (var column = Math.Max(0, x - 1); column <= Math.Min(photo.Width - 1, x + 1); column++)
                {
                    var at = (row * photo.Width) + column;
                    if (!seen[at] && isIn(at))
                    {
                        seen[at] = true;
                        thread.Add(at);
                    }
                }
            }
        }
        return thread;
    }
}
