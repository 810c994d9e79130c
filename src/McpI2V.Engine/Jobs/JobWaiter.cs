namespace McpI2V.Engine.Jobs;

/// <summary>Waits for jobs, whichever process runs them. Ending a wait never ends a job.</summary>
public sealed class JobWaiter(JobStore jobs, JobSignal signal, TimeProvider time)
{
    private static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(150);

    /// <summary>Waits while something is so.</summary>
    public async Task WaitWhileAsync(Func<bool> isSo, TimeSpan atMost, CancellationToken callCancelled)
    {
        var started = time.GetTimestamp();
        while (isSo() && time.GetElapsedTime(started) < atMost)
        {
            await signal.WaitAsync(LookEvery, time, callCancelled);
        }
    }

    /// <summary>Waits until the jobs are over or the time is up.</summary>
    /// <param name="look">Reads the jobs that are waited for.</param>
    /// <param name="atMost">How long to wait.</param>
    /// <param name="told">Told how the jobs stand, each time something changed.</param>
    /// <param name="callCancelled">The client has gone; the jobs go on.</param>
    public async Task<IReadOnlyList<Job>> WaitAsync(Func<JobStore, IReadOnlyList<Job>> look, TimeSpan atMost, Func<IReadOnlyList<Job>, Task> told, CancellationToken callCancelled)
    {
        var started = time.GetTimestamp();
        var last = -1.0;
        while (true)
        {
            var seen = look(jobs);
            var progress = seen.Sum(j => JobTransitions.IsTerminal(j.State) ? 1 : j.Progress + (j.State == JobState.Queued ? 0 : 0.001));
            if (Math.Abs(progress - last) > 0.0005)
            {
                last = progress;
                await told(seen);
            }
            var left = atMost - time.GetElapsedTime(started);
            if (left <= TimeSpan.Zero || seen.All(j => JobTransitions.IsTerminal(j.State) || j.State == JobState.Unconfirmed))
            {
                return seen;
            }
            await signal.WaitAsync(left < LookEvery ? left : LookEvery, time, callCancelled);
        }
    }
}
