namespace McpI2V.Answers;

/// <summary>
/// What stands above the headline of an answer: what was not done, then what went wrong. Programs read it first in warnings.
/// </summary>
internal static class FirstLines
{
    private const int MostOfBatch = 5;

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
