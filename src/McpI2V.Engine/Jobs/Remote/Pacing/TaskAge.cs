namespace McpI2V.Engine.Jobs.Remote.Pacing;

/// <summary>
/// How old a task is. What passed before this process watched it is read off the clock once; from then on it is measured by
/// one that nobody sets.
/// </summary>
internal sealed class TaskAge
{
    private readonly TimeProvider time;
    private readonly TimeSpan before;
    private readonly long since;

    /// <summary>Begins to watch a task that was taken at a time; null: now.</summary>
    public TaskAge(TimeProvider time, DateTimeOffset? taken)
    {
        (this.time, since) = (time, time.GetTimestamp());
        var passed = time.GetUtcNow() - (taken ?? time.GetUtcNow());
        before = passed > TimeSpan.Zero ? passed : TimeSpan.Zero;
    }

    /// <summary>How old it is.</summary>
    public TimeSpan Now => before + Watched;

    /// <summary>How long it has been watched.</summary>
    public TimeSpan Watched => time.GetElapsedTime(since);
}
