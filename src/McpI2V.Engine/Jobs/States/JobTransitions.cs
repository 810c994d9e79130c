namespace McpI2V.Engine.Jobs.States;

/// <summary>The one table of what may follow what.</summary>
public static class JobTransitions
{
    private static readonly Dictionary<JobState, JobState[]> Allowed = new()
    {
        [JobState.Queued] = [JobState.Submitting, JobState.Canceled, JobState.Failed],
        // Back to queued: only where doing it again is free and nothing can have been accepted.
        [JobState.Submitting] = [JobState.Running, JobState.Queued, JobState.Unconfirmed, JobState.Failed, JobState.Canceled],
        [JobState.Running] = [JobState.Fetching, JobState.Queued, JobState.Unconfirmed, JobState.Failed, JobState.Canceled],
        // Fetching again: a paid result is brought in however often its way is cut off.
        [JobState.Fetching] =
        [
            JobState.Fetching,
            JobState.Succeeded,
            JobState.Queued,
            JobState.Unconfirmed,
            JobState.Failed,
            JobState.Canceled,
        ],
        [JobState.Unconfirmed] =
        [
            JobState.Unconfirmed,
            JobState.Running,
            JobState.Fetching,
            JobState.Queued,
            JobState.Failed,
            JobState.Canceled,
        ],
        [JobState.Succeeded] = [],
        [JobState.Failed] = [],
        [JobState.Canceled] = [],
    };

    /// <summary>True if a job may go from one state to the other.</summary>
    public static bool CanFollow(JobState from, JobState to) => Allowed[from].Contains(to);

    /// <summary>True if nothing more will happen to the job by itself.</summary>
    public static bool IsTerminal(JobState state) => Allowed[state].Length == 0;

    /// <summary>The states from which a state can be reached, for the guard of an update.</summary>
    internal static IEnumerable<JobState> Before(JobState to) => Allowed.Where(a => a.Value.Contains(to)).Select(a => a.Key);
}
