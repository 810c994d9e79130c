using System.Collections.Concurrent;
using McpI2V.Engine.Jobs.Remote;
using McpI2V.Engine.Library;
using McpI2V.Engine.Storage.LocalFiles;
using Microsoft.Extensions.Logging;

namespace McpI2V.Engine.Jobs;

/// <summary>Runs jobs while this process is the one that may: takes them up, carries on what a dead process left, calls off what the user called off.</summary>
public sealed partial class JobRunner : IAsyncDisposable
{
    private static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan TryLockEvery = TimeSpan.FromMilliseconds(500);
    private readonly JobStore jobs;
    private readonly JobExecution execution;
    private readonly RemoteRunner remote;
    private readonly ProgressBook progress;
    private readonly JobSignal signal;
    private readonly LibraryOptions library;
    private readonly WorkFolders work;
    private readonly RunnerOptions options;
    private readonly TimeProvider time;
    private readonly ILogger<JobRunner> log;
    private readonly CancellationTokenSource stopping = new();
    private readonly ConcurrentDictionary<long, (CancellationTokenSource Cancel, Task Work)> running = new();
    private Task loop = Task.CompletedTask;

    internal JobRunner(JobStore jobs, JobExecution execution, RemoteRunner remote, ProgressBook progress, JobSignal signal, LibraryOptions library, WorkFolders work, RunnerOptions options, TimeProvider time, ILogger<JobRunner> log)
    {
        (this.jobs, this.execution, this.remote, this.progress, this.signal, this.library) = (jobs, execution, remote, progress, signal, library);
        (this.work, this.options, this.time, this.log) = (work, options, time, log);
    }

    /// <summary>Begins to run jobs in the background, as soon as no other process does.</summary>
    public void Start() => loop = Task.Run(() => LoopAsync(stopping.Token));

    /// <summary>Stops: running jobs are put back into the queue, their children end, the lock is let go.</summary>
    public async ValueTask DisposeAsync()
    {
        await stopping.CancelAsync();
        await loop.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        stopping.Dispose();
    }

    private async Task LoopAsync(CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            try
            {
                using var gate = new RunnerLock(library);
                if (!Directory.Exists(library.Home) || !gate.TryTake())
                {
                    await Task.Delay(TryLockEvery, time, stop);
                    continue;
                }
                await RunTermAsync(stop);
            }
            catch (OperationCanceledException) when (stop.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e)
            {
                // The edge of the runner: a full disk or a damaged database must not end the server, which answers calls with it.
                LogTermEnded(log, e);
                await Task.Delay(TimeSpan.FromSeconds(2), time, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    private async Task RunTermAsync(CancellationToken stop)
    {
        var term = jobs.BeginTerm();
        LogTermBegan(log, term);
        // Ends with the term, however that ends: what runs then is queued again, not called off.
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(stop);
        var left = execution.FinishPlanned(jobs.Adopt(jobs.Interrupted(), term));
        execution.CarryOn([.. left.Where(j => !remote.Has(j.Provider))]);
        work.SweepDead();
        remote.CarryOn([.. left.Where(j => remote.Has(j.Provider))], ending.Token);
        try
        {
            while (!stop.IsCancellationRequested)
            {
                CallOff();
                TakeUp(term, ending.Token);
                remote.LookAgain(term, ending.Token);
                remote.LookNow();
                progress.Write();
                await signal.WaitAsync(LookEvery, time, stop);
            }
        }
        finally
        {
            await ending.CancelAsync();
            await Task.WhenAll(running.Values.Select(j => j.Work)).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            await remote.LandAsync().ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private void TakeUp(long term, CancellationToken ending)
    {
        foreach (var provider in jobs.ProvidersWithQueued())
        {
            if (remote.Has(provider))
            {
                remote.TakeUp(term, provider, ending);
            }
            else
            {
                TakeUpHere(term, provider, ending);
            }
        }
    }

    private void TakeUpHere(long term, string provider, CancellationToken ending)
    {
        while (!ending.IsCancellationRequested && running.Count <= options.Lanes)
        {
            // The last lane is only for what somebody waits for.
            var leastUrgent = running.Count < options.Lanes ? 1 : 0;
            if (jobs.TakeNext(term, provider, leastUrgent) is not { } job)
            {
                return;
            }
            var cancel = CancellationTokenSource.CreateLinkedTokenSource(ending);
            var threads = job.Priority == 0 ? 0 : 1;
            var started = new TaskCompletionSource();
            // Its own token ends it; the runner waits for it either way.
            var task = Task.Run(async () =>
            {
                await started.Task;
                await execution.RunAsync(job, threads, () => ending.IsCancellationRequested, cancel.Token);
                running.TryRemove(job.Id, out _);
                cancel.Dispose();
                signal.Pulse();
            }, CancellationToken.None);
            running[job.Id] = (cancel, task);
            started.SetResult();
        }
    }

    private void CallOff()
    {
        var asked = jobs.CancelRequested();
        remote.CallOff(asked);
        foreach (var id in asked)
        {
            if (running.TryGetValue(id, out var job))
            {
                job.Cancel.Cancel();
            }
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Running jobs, term {Term}")]
    private static partial void LogTermBegan(ILogger logger, long term);

    [LoggerMessage(Level = LogLevel.Error, Message = "Running jobs was interrupted and begins again")]
    private static partial void LogTermEnded(ILogger logger, Exception exception);
}
