using McpI2V.Media.Formats;

namespace McpI2V.Media.Clips;

/// <summary>A master clip and the recipe that leads from it to what the user sees.</summary>
/// <param name="Path">The master's file.</param>
/// <param name="Format">Its format.</param>
/// <param name="Shape">What the master is.</param>
/// <param name="Recipe">The local edits, in order.</param>
public sealed record ClipSource(string Path, MediaFormat Format, ClipShape Shape, IReadOnlyList<IClipOperation> Recipe)
{
    /// <summary>How the master's numbers are to be read.</summary>
    public ColourTags Tags { get; init; } = ColourTags.Standard;

    /// <summary>What the recipe makes of the master.</summary>
    /// <exception cref="MediaException">A step does not fit the clip as it stands before it; the message names the step.</exception>
    public ClipShape Result() => Shapes()[^1];

    /// <summary>The clip as it stands before each step, and after the last.</summary>
    /// <exception cref="MediaException">A step does not fit the clip as it stands before it; the message names the step.</exception>
    public IReadOnlyList<ClipShape> Shapes()
    {
        List<ClipShape> shapes = [Shape];
        for (var i = 0; i < Recipe.Count; i++)
        {
            try
            {
                shapes.Add(Recipe[i].Apply(shapes[i]));
            }
            catch (MediaException e) when (e.Fault == MediaFault.OutOfRange)
            {
                throw new MediaException(MediaFault.OutOfRange, $"step {i + 1} ({Recipe[i].Name}): {e.Message}", e);
            }
        }
        return shapes;
    }

    /// <summary>The earlier steps, from 0, that a step would cover: of its kind, at its place, seen at its time.</summary>
    public IReadOnlyList<int> CoveredBy(int step)
    {
        if (Recipe[step] is not IOverlayOperation over)
        {
            return [];
        }
        var shapes = Shapes();
        var seen = over.SeenOn(shapes[step]);
        return [.. Enumerable.Range(0, step).Where(i => Recipe[i] is IOverlayOperation under
            && under.Name == over.Name
            && under.Place == over.Place
            && under.SeenOn(shapes[i]).Select(s => Carried(s, i, step, shapes)).OfType<ClipSpan>().Any(s => seen.Any(s.Overlaps)))];
    }

    /// <summary>True if the steps between two change neither the picture's size nor when things happen: what one says of the clip, the
    /// other would say with the same words.</summary>
    public bool SeesTheSame(int first, int second)
    {
        var shapes = Shapes();
        return Enumerable.Range(first, second - first).All(i =>
        {
            var (before, after) = (shapes[i], shapes[i + 1]);
            var inner = new ClipSpan(before.Duration / 4, before.Duration / 2);
            return after.Size == before.Size && after.Duration == before.Duration && Recipe[i].Carry(inner, before) == inner;
        });
    }

    /// <summary>When of the clip before a step that is seen which another step has set; null: not any more.</summary>
    internal ClipSpan? Carried(ClipSpan seen, int from, int to) => Carried(seen, from, to, Shapes());

    private ClipSpan? Carried(ClipSpan seen, int from, int to, IReadOnlyList<ClipShape> shapes)
    {
        ClipSpan? left = seen;
        for (var i = from + 1; i < to && left is { } span; i++)
        {
            left = Recipe[i].Carry(span, shapes[i]);
        }
        return left;
    }
}
