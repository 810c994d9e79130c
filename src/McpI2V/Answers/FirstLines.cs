namespace McpI2V.Answers;

/// <summary>
/// What stands above the headline of an answer: what was not done, then what went wrong. Programs read it first in warnings.
/// </summary>
internal static class FirstLines
{
    private const int MostOfBatch = 5;

    /// <summary>What to do about a plan that passes its limit.</summary>
    public const string WithinLimit =
        "Raise max_cost_usd, or ask for fewer variants, shorter clips, quality draft; then call without dry_run.";

    /// <summary>That a plan passes the limit of its call, which would refuse it; nothing where it doesn't.</summary>
    public static IReadOnlyList<string> OverLimit(decimal usd, decimal? limit) => usd > limit
        ? [FormattableString.Invariant($"Too dear for this call: about ${usd:0.00##}, and max_cost_usd is {limit:0.00##}; it would be ") +
            "refused."]
        : [];

    /// <summary>A headline under what is told before all else.</summary>
    public static string Above(string headline, IReadOnlyList<string> foremost) => string.Join('\n', [.. foremost, headline]);

    /// <summary>What the jobs of a batch tell before all else, each once.</summary>
    public static IReadOnlyList<string> OfBatch(IEnumerable<IReadOnlyList<string>> foremost)
    {
        var told = foremost.SelectMany(lines => lines).Distinct().ToList();
        return told.Count <= MostOfBatch
            ? told
            : [.. told.Take(MostOfBatch), $"{told.Count - MostOfBatch} more; check_job of a job tells its own."];
    }
}
