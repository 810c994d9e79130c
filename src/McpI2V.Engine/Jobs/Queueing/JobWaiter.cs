using McpI2V.Engine.Jobs.Lanes;
using McpI2V.Engine.Jobs.States;

namespace McpI2V.Engine.Jobs.Queueing;

/// <summary>Waits for jobs, whichever process runs them. Ending a wait never ends a job.</summary>
public sealed class JobWaiter(JobStore jobs, JobSignal signal, TimeProvider time, Draining? draining = null)
{
    private static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(150);

    /// <summary>Waits while something is so.</summary>
    public async Task WaitWhileAsync(Func<bool> isSo, TimeSpan atMost, CancellationToken callCancelled)
    {
        var started = time.GetTimestamp();
        while (true)
        {
            var news = signal.Next;
            var left = Left(atMost, started);
            if (left <= TimeSpan.Zero || !isSo())
            {
                return;
            }
            await NewsAsync(news, left, callCancelled);
        }
    }

    /// <summary>Waits until the jobs are over or the time is up.</summary>
    /// <param name="name">What is waited for: a job or a batch that is written down.</param>
    /// <param name="look">Reads the jobs that are waited for.</param>
    /// <param name="atMost">How long to wait.</param>
    /// <param name="told">Told how the jobs stand, each time something changed.</param>
    /// <param name="callCancelled">The client has gone; the jobs go on.</param>
    /// <exception cref="I2VException">The library can't be read for as long as was to be waited; the jobs are not touched by
    /// that.</exception>
    public async Task<IReadOnlyList<Job>> WaitAsync(
        string name,
        Func<JobStore, IReadOnlyList<Job>> look,
        TimeSpan atMost,
        Func<IReadOnlyList<Job>, Task> told,
        CancellationToken callCancelled)
    {
        var started = time.GetTimestamp();
        var last = -1.0;
        while (true)
        {
            var news = signal.Next;
            var left = Left(atMost, started);
            IReadOnlyList<Job> seen;
            try
            {
                seen = look(jobs);
            }
            catch (I2VException e) when (e.Code == ErrorCode.StorageFull)
            {
                if (left > TimeSpan.Zero)
                {
                    await NewsAsync(news, left < LookEvery ? left : LookEvery, callCancelled);
                    continue;
                }
                throw new I2VException(
                    e.Code,
                    $"{name} is written down and goes on by itself; only how it stands can't be read now: {e.Message} check_job {name} " +
                        "asks again; nothing is made or paid twice.",
                    null,
                    e);
            }
            var progress = seen.Sum(j => JobTransitions.IsTerminal(j.State) ? 1 : j.Progress + (j.State == JobState.Queued ? 0 : 0.001));
            if (Math.Abs(progress - last) > 0.0005)
            {
                last = progress;
                await told(seen);
            }
            if (left <= TimeSpan.Zero || seen.All(j => JobTransitions.IsTerminal(j.State) || j.State == JobState.Unconfirmed))
            {
                return seen;
            }
            await NewsAsync(news, left, callCancelled);
        }
    }

    // Where this node leaves, the next look is another's.
    private TimeSpan Left(TimeSpan atMost, long started) =>
        draining?.IsOn == true ? TimeSpan.Zero : atMost - time.GetElapsedTime(started);

    private Task NewsAsync(Task news, TimeSpan left, CancellationToken callCancelled)
    {
        var look = signal.LookEvery(LookEvery);
        return JobSignal.WaitAsync(news, left < look ? left : look, time, callCancelled);
    }
}
