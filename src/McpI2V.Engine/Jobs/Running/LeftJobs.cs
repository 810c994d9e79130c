using McpI2V.Engine.Jobs.Lanes;

namespace McpI2V.Engine.Jobs.Running;

/// <summary>
/// Looks for jobs whose node is gone. All nodes together look so often, and each the more rarely the more there are: what it costs the
/// database does not grow with them, and nor does the time until somebody finds what is left.
/// </summary>
/// <param name="terms">Knows them.</param>
/// <param name="time">The clock.</param>
/// <param name="phase">From 0 to 1, another for each node: those that were started together must not look together.</param>
internal sealed class LeftJobs(TermStore terms, TimeProvider time, double phase)
{
    /// <summary>What a node left is shared by the others: each takes so many at each look.</summary>
    public const int AtOnce = 200;

    private static readonly TimeSpan AmongAllEvery = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan CountEvery = TimeSpan.FromSeconds(10);
    private TimeSpan among;
    private TimeSpan every;
    private long looked;
    private long counted;
    private bool hasLooked;

    /// <summary>The lanes in which jobs are left; none where it is not yet this node's time to look.</summary>
    public IReadOnlyList<string> Look()
    {
        if (hasLooked && time.GetElapsedTime(looked) < every)
        {
            return [];
        }
        looked = time.GetTimestamp();
        var isFirst = !hasLooked;
        if (isFirst || time.GetElapsedTime(counted) > CountEvery)
        {
            (counted, hasLooked) = (looked, true);
            among = AmongAllEvery * terms.CountNodes();
        }
        every = isFirst ? among * phase : among;
        return terms.WithLeftJobs();
    }
}
