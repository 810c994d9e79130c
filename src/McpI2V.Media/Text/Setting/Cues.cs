namespace McpI2V.Media.Text.Setting;

/// <summary>Brings cues into an order in which one is seen at a time.</summary>
internal static class Cues
{
    private const double Shortest = 0.02;

    /// <summary>By their time; what begins together stands together, and each goes when the next one comes.</summary>
    public static IReadOnlyList<OrderedCue> InOrder(IReadOnlyList<OrderedCue> cues)
    {
        List<OrderedCue> ordered = [];
        foreach (var cue in cues.OrderBy(c => c.Start))
        {
            if (ordered is [.., var last] && cue.Start - last.Start < Shortest)
            {
                ordered[^1] = new OrderedCue($"{last.Text}\n{cue.Text}", last.Start, Math.Max(last.End, cue.End));
                continue;
            }
            if (ordered is [.., var before] && before.End > cue.Start)
            {
                ordered[^1] = before with { End = cue.Start };
            }
            ordered.Add(cue);
        }
        return ordered;
    }
}
