using System.Collections.Concurrent;
using McpI2V.Engine.Jobs.Lanes;
using McpI2V.Engine.Jobs.Remote;
using McpI2V.Engine.Jobs.Remote.Pacing;
using McpI2V.Engine.Storage.LocalFiles;
using Microsoft.Extensions.Logging;

namespace McpI2V.Engine.Jobs.Running;

/// <summary>
/// Runs the jobs of every lane that this process holds: takes them up, carries on what a dead process left, cancels what the user called
/// off.
/// </summary>
public sealed partial class JobRunner : IAsyncDisposable
{
    private static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan TryLocksEvery = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan BeatEvery = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan AfterTrouble = TimeSpan.FromSeconds(2);
    private readonly JobStore jobs;
    private readonly JobExecution execution;
    private readonly RemoteRunner remote;
    private readonly ProgressBatcher progress;
    private readonly JobSignal signal;
    private readonly JobLanes lanes;
    private readonly LibraryOptions library;
    private readonly WorkFolders work;
    private readonly RunnerOptions options;
    private readonly TimeProvider time;
    private readonly ILogger<JobRunner> log;
    private readonly CancellationTokenSource stopping = new();
    private readonly Dictionary<string, RunnerLock> locks = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, LaneTerm> held = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<long, (CancellationTokenSource Cancel, Task Work)> running = new();
    private long triedLocks;
    private bool hasTriedLocks;
    private Task loop = Task.CompletedTask;
    private Task beating = Task.CompletedTask;

    internal JobRunner(
        JobStore jobs,
        JobExecution execution,
        RemoteRunner remote,
        ProgressBatcher progress,
        JobSignal signal,
        JobLanes lanes,
        LibraryOptions library,
        WorkFolders work,
        RunnerOptions options,
        TimeProvider time,
        ILogger<JobRunner> log)
    {
        (this.jobs, this.execution, this.remote, this.progress, this.signal, this.lanes, this.library) = (
            jobs,
            execution,
            remote,
            progress,
            signal,
            lanes,
            library);
        (this.work, this.options, this.time, this.log) = (work, options, time, log);
    }

    /// <summary>Begins to run jobs in the background: of each lane as soon as no other process does.</summary>
    public void Start()
    {
        loop = Task.Run(() => LoopAsync(stopping.Token));
        beating = Task.Run(() => BeatAsync(stopping.Token));
    }

    /// <summary>Stops: running jobs are put back into the queue, their children end, the locks are let go.</summary>
    public async ValueTask DisposeAsync()
    {
        await stopping.CancelAsync();
        await Task.WhenAll(loop, beating).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        stopping.Dispose();
    }

    private async Task LoopAsync(CancellationToken stop)
    {
        try
        {
            while (!stop.IsCancellationRequested)
            {
                try
                {
                    await TurnAsync(stop);
                    await signal.WaitAsync(LookEvery, time, stop);
                }
                catch (OperationCanceledException) when (stop.IsCancellationRequested)
                {
                    return;
                }
                catch (Exception e)
                {
                    // The edge of the runner: a full disk or a locked database must not end what is on its way, nor the server, which
                    // answers calls with it.
                    LogTrouble(log, e);
                    await Task.Delay(AfterTrouble, time, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                }
            }
        }
        finally
        {
            foreach (var lane in held.Values)
            {
                await EndAsync(lane);
            }
        }
    }

    private async Task TurnAsync(CancellationToken stop)
    {
        if (!hasTriedLocks || time.GetElapsedTime(triedLocks) > TryLocksEvery)
        {
            (triedLocks, hasTriedLocks) = (time.GetTimestamp(), true);
            await LeaveTakenLanesAsync();
            TakeFreeLanes(stop);
        }
        if (held.IsEmpty)
        {
            return;
        }
        CancelRequestedJobs();
        var waiting = jobs.LanesWithQueued();
        foreach (var lane in held.Values)
        {
            if (waiting.Contains(lane.Lane))
            {
                TakeUp(lane);
            }
            if (remote.Has(lane.Provider))
            {
                remote.AskForKey(lane);
                remote.LookForOrphans(lane);
            }
        }
        remote.Reconcile(held);
        remote.PollNow();
        progress.Write();
    }

    private void TakeFreeLanes(CancellationToken stop)
    {
        if (!Directory.Exists(library.Home))
        {
            return;
        }
        foreach (var (name, provider) in lanes.Own.Where(l => !held.ContainsKey(l.Lane)))
        {
            var own = locks.TryGetValue(name, out var known) ? known : locks[name] = new RunnerLock(library, name, time);
            if (!own.TryTake())
            {
                continue;
            }
            try
            {
                Begin(new LaneTerm(name, provider, jobs.BeginTerm(name, provider), own, stop));
            }
            catch
            {
                own.Dispose();
                throw;
            }
        }
    }

    private void Begin(LaneTerm lane)
    {
        LogTermBegan(log, lane.Lane, lane.Term);
        var left = execution.FinishPlanned(jobs.Adopt(lane.Lane, lane.Term));
        work.SweepDead(execution.PlannedFiles());
        if (remote.Has(lane.Provider))
        {
            remote.CarryOn(left, lane.Ending);
        }
        else
        {
            execution.CarryOn(left);
        }
        held[lane.Lane] = lane;
    }

    // Another process took a lane away while this one was asleep: what is on its way here belongs to that one.
    private async Task LeaveTakenLanesAsync()
    {
        if (held.IsEmpty)
        {
            return;
        }
        var terms = jobs.Terms();
        foreach (var lane in held.Values.Where(l => terms.GetValueOrDefault(l.Lane) != l.Term))
        {
            LogTermLost(log, lane.Lane, lane.Term);
            await EndAsync(lane);
        }
    }

    private async Task EndAsync(LaneTerm lane)
    {
        await lane.EndAsync();
        if (remote.Has(lane.Provider))
        {
            await remote.LandAsync(lane.Lane).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
        else
        {
            await Task.WhenAll(running.Values.Select(j => j.Work)).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
        held.TryRemove(lane.Lane, out _);
        locks.Remove(lane.Lane);
        lane.Dispose();
    }

    private async Task BeatAsync(CancellationToken stop)
    {
        using var timer = new PeriodicTimer(BeatEvery, time);
        while (await timer.WaitForNextTickAsync(stop))
        {
            foreach (var lane in held.Values)
            {
                lane.Beat();
            }
        }
    }

    private void TakeUp(LaneTerm lane)
    {
        if (remote.Has(lane.Provider))
        {
            remote.TakeUp(lane);
            return;
        }
        while (!lane.Ending.IsCancellationRequested && running.Count <= options.Lanes)
        {
            // The last place is only for what somebody waits for.
            var leastUrgent = running.Count < options.Lanes ? 1 : 0;
            if (jobs.TakeNext(lane.Term, lane.Lane, leastUrgent) is not { } job)
            {
                return;
            }
            RunHere(job, lane.Ending);
        }
    }

    private void RunHere(Job job, CancellationToken ending)
    {
        var cancel = CancellationTokenSource.CreateLinkedTokenSource(ending);
        var threads = job.Priority == 0 ? 0 : 1;
        var started = new TaskCompletionSource();
        // Its own token ends it; the runner waits for it either way.
        var task = Task.Run(async () =>
        {
            await started.Task;
            await execution.RunAsync(job, threads, ending, cancel.Token);
            running.TryRemove(job.Id, out _);
            cancel.Dispose();
            signal.Pulse();
        }, CancellationToken.None);
        running[job.Id] = (cancel, task);
        started.SetResult();
    }

    private void CancelRequestedJobs()
    {
        var asked = jobs.CancelRequested();
        remote.Cancel(asked);
        foreach (var id in asked)
        {
            if (running.TryGetValue(id, out var job))
            {
                job.Cancel.Cancel();
            }
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Running {Lane}, term {Term}")]
    private static partial void LogTermBegan(ILogger logger, string lane, long term);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Lane} was taken over by another process after term {Term}")]
    private static partial void LogTermLost(ILogger logger, string lane, long term);

    [LoggerMessage(Level = LogLevel.Error, Message = "Running jobs met something unexpected and goes on")]
    private static partial void LogTrouble(ILogger logger, Exception exception);
}
