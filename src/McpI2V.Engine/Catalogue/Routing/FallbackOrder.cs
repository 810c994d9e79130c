namespace McpI2V.Engine.Catalogue.Routing;

/// <summary>
/// What a request may go on to when its model can't be had: across providers, never to what costs more than was agreed to.
/// </summary>
internal static class FallbackOrder
{
    private const int MostSteps = 4;

    /// <summary>
    /// The steps after the first of those that can do it: one of each other provider before the second of any, for what ails a model most
    /// often ails its provider. What is dearer than the first, and than what the user allows, is named at the end and only gone to when
    /// the user says so.
    /// </summary>
    public static List<RouteStep> After(IReadOnlyList<Candidate> able, decimal? agreedUsd)
    {
        var chosen = able[0];
        var most = Math.Max(chosen.Usd, agreedUsd ?? 0);
        var others = able.Skip(1).Where(c => !c.Model.IsEmbedded && !chosen.Model.IsEmbedded).ToList();
        var steps = Interleaved(others.Where(c => c.Usd <= most), chosen.Model.Provider)
            .Take(MostSteps)
            .Select(c => Step(c))
            .ToList();
        if (others
            .Where(c => c.Usd > most && c.Model.Provider != chosen.Model.Provider && steps.All(s => s.Provider != c.Model.Provider))
            .MinBy(c => c.Usd) is { } dearer)
        {
            steps.Add(Step(dearer) with { OnlyIfAsked = true });
        }
        return steps;
    }

    private static IEnumerable<Candidate> Interleaved(IEnumerable<Candidate> candidates, string last)
    {
        var byProvider = candidates
            .GroupBy(c => c.Model.Provider)
            .SelectMany(g => g.Select((candidate, turn) => (candidate, turn: g.Key == last ? turn + 1 : turn)));
        return byProvider.OrderBy(c => c.turn).Select(c => c.candidate);
    }

    private static RouteStep Step(Candidate candidate) => new(candidate.Model.Id, candidate.Model.Provider, candidate.Usd);
}
