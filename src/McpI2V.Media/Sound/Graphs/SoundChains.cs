using System.Globalization;

namespace McpI2V.Media.Sound.Graphs;

/// <summary>Finds those chains of a filter graph that a sound is made of.</summary>
internal static class SoundChains
{
    /// <summary>The chains that lead to a label, in their order; what is left over of a split sound is taken up and dropped.</summary>
    public static IReadOnlyList<string> LeadingTo(string label, IReadOnlyList<string> chains)
    {
        var parts = chains.Select(c => (Chain: c, Inputs: Inputs(c), Outputs: Outputs(c))).ToList();
        HashSet<string> wanted = [label];
        List<string> kept = [];
        HashSet<string> made = [];
        HashSet<string> used = [label];
        for (var i = parts.Count - 1; i >= 0; i--)
        {
            var (chain, inputs, outputs) = parts[i];
            if (!outputs.Any(wanted.Contains))
            {
                continue;
            }
            kept.Insert(0, chain);
            wanted.UnionWith(inputs);
            used.UnionWith(inputs);
            made.UnionWith(outputs);
        }
        return [.. kept, .. made.Except(used).Select(l => $"[{l}]anullsink")];
    }

    /// <summary>Which of a command's inputs chains begin with, each once.</summary>
    public static IEnumerable<int> Files(IReadOnlyList<string> chains) => chains
        .SelectMany(Inputs)
        .Where(l => l.Contains(':', StringComparison.Ordinal))
        .Select(l => int.Parse(l.AsSpan(0, l.IndexOf(':', StringComparison.Ordinal)), CultureInfo.InvariantCulture))
        .Distinct();

    private static List<string> Inputs(string chain)
    {
        List<string> labels = [];
        var at = 0;
        while (at < chain.Length && chain[at] == '[')
        {
            var end = chain.IndexOf(']', at);
            labels.Add(chain[(at + 1)..end]);
            at = end + 1;
        }
        return labels;
    }

    private static List<string> Outputs(string chain)
    {
        List<string> labels = [];
        var end = chain.Length;
        while (end > 0 && chain[end - 1] == ']')
        {
            var start = chain.LastIndexOf('[', end - 1);
            labels.Add(chain[(start + 1)..(end - 1)]);
            end = start;
        }
        return labels;
    }
}
