using System.Collections.Concurrent;
using McpI2V.Engine.Jobs.Lanes;
using Microsoft.Extensions.Logging;

namespace McpI2V.Engine.Jobs.Local;

/// <summary>Renders jobs in this process, a bounded number at once.</summary>
internal sealed partial class LocalRun(
    JobStore jobs,
    LocalJob life,
    IEnumerable<IJobPerformer> performers,
    ILaneLeases leases,
    JobSignal signal,
    RunnerOptions options,
    ILogger<LocalRun> log) : IJobRun
{
    // A job that nodes die of must not end one after another. On one machine a client that ends its server again and again is the rule.
    private const int MostDeaths = 3;
    private const string Died = "the server was stopped in the middle; a local render is begun again at no cost";
    private readonly ConcurrentDictionary<long, (string Lane, CancellationTokenSource Cancel, Task Work)> running = new();

    /// <inheritdoc/>
    public bool Serves(string provider) => performers.Any(p => p.Provider == provider);

    /// <inheritdoc/>
    public bool BeginsAgain => true;

    /// <summary>Begins renders again that a dead process left.</summary>
    public void CarryOn(LaneTerm lane, IReadOnlyList<Job> left)
    {
        foreach (var job in left)
        {
            if (leases.AreShared && job.Attempts.SkipLast(1).Reverse().TakeWhile(a => a.Error == Died).Count() == MostDeaths - 1)
            {
                jobs.End(
                    job,
                    States.JobState.Failed,
                    ErrorCode.ProviderFailed,
                    $"{MostDeaths} servers ended while they rendered this, one after another, so it is not begun again. Try a shorter or " +
                        "smaller clip, or fewer operations at once; the servers' logs may say more. Nothing was spent.");
                LogGivenUp(log, job.Name, MostDeaths);
                continue;
            }
            jobs.Requeue(job, Died);
            LogRequeued(log, job.Name, job.State);
        }
        signal.Pulse();
    }

    /// <inheritdoc/>
    public void TakeUp(LaneTerm lane)
    {
        while (!lane.Ending.IsCancellationRequested && running.Count < RoomFor(lane.Provider, priority: 0).AtOnce)
        {
            var leastUrgent = running.Count < RoomFor(lane.Provider, priority: 1).AtOnce ? 1 : 0;
            if (jobs.TakeNext(lane.Term, lane.Lane, leastUrgent) is not { } job)
            {
                return;
            }
            _ = Begin(job, lane);
        }
    }

    /// <inheritdoc/>
    public bool TryTakeUp(LaneTerm lane, Job job, out Task work)
    {
        work = Task.CompletedTask;
        if (lane.Ending.IsCancellationRequested
            || running.Count >= RoomFor(lane.Provider, job.Priority).AtOnce
            || jobs.TakeNext(lane.Term, lane.Lane, job.Priority, only: job.Id) is not { } taken)
        {
            return false;
        }
        work = Begin(taken, lane);
        return true;
    }

    /// <summary>The last place is only for what somebody waits for.</summary>
    public LaneRoom RoomFor(string provider, int priority) => new(options.MaxRenders + (priority == 0 ? 1 : 0), IsOfAllNodes: false);

    /// <summary>A render looks after itself.</summary>
    public void Tend(IReadOnlyDictionary<string, LaneTerm> held)
    {
    }

    /// <inheritdoc/>
    public void Cancel(IReadOnlyList<long> ids)
    {
        foreach (var id in ids)
        {
            if (running.TryGetValue(id, out var job))
            {
                job.Cancel.Cancel();
            }
        }
    }

    /// <inheritdoc/>
    public Task LandAsync(LaneTerm lane) => Task.WhenAll(running.Values.Where(j => j.Lane == lane.Lane).Select(j => j.Work));

    private Task Begin(Job job, LaneTerm lane)
    {
        var cancel = CancellationTokenSource.CreateLinkedTokenSource(lane.Ending);
        var threads = job.Priority == 0 ? 0 : 1;
        var listed = new TaskCompletionSource();
        // Its own token ends it; the runner waits for it either way.
        var work = Task.Run(async () =>
        {
            await listed.Task;
            await life.RunAsync(job, threads, lane.Ending, cancel.Token);
            running.TryRemove(job.Id, out _);
            cancel.Dispose();
            signal.Pulse();
        }, CancellationToken.None);
        running[job.Id] = (lane.Lane, cancel, work);
        listed.SetResult();
        return work;
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "{Job} is given up: {Count} servers ended while they rendered it")]
    private static partial void LogGivenUp(ILogger logger, string job, int count);

    [LoggerMessage(Level = LogLevel.Information, Message = "{Job} was cut off while {State}, and is queued again")]
    private static partial void LogRequeued(ILogger logger, string job, States.JobState state);
}
