using System.Collections.Concurrent;
using System.Security.Cryptography;
using McpI2V.Engine.Housekeeping;
using McpI2V.Engine.Jobs.Dispatching;
using McpI2V.Engine.Jobs.Lanes;
using McpI2V.Engine.Jobs.Publishing;
using McpI2V.Engine.Jobs.States;
using McpI2V.Engine.Storage.LocalFiles;
using Microsoft.Extensions.Logging;

namespace McpI2V.Engine.Jobs.Running;

/// <summary>
/// Runs the jobs of every lane that this process holds: has them taken up, carries on what a dead process left, cancels what the user
/// called off.
/// </summary>
public sealed partial class JobRunner : IAsyncDisposable
{
    private static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(200);
    // News that come in a flood are looked at together.
    private static readonly TimeSpan LeastBetweenTurns = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan TryLocksEvery = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan BeatEvery = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan EmptyBinEvery = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan AfterTrouble = TimeSpan.FromSeconds(2);
    private readonly JobStore jobs;
    private readonly TermStore terms;
    private readonly ILaneLeases leases;
    private readonly LeftJobs left;
    private readonly IReadOnlyList<IJobRun> runs;
    private readonly IJobDispatch dispatch;
    private readonly JobPublisher publisher;
    private readonly JobSignal signal;
    private readonly NodeLanes lanes;
    private readonly WorkFolders work;
    private readonly Bin bin;
    private readonly TimeProvider time;
    private readonly ILogger<JobRunner> log;
    private readonly CancellationTokenSource stopping = new();
    private readonly CancellationTokenSource over = new();
    private readonly Lock ending = new();
    private Task? ended;
    private TimeSpan patience;
    private readonly ConcurrentDictionary<string, LaneTerm> held = new(StringComparer.Ordinal);
    private long emptied;
    private long triedLocks;
    private bool hasTriedLocks;
    private Task loop = Task.CompletedTask;
    private Task beating = Task.CompletedTask;

    internal JobRunner(
        JobStore jobs,
        TermStore terms,
        ILaneLeases leases,
        IReadOnlyList<IJobRun> runs,
        IJobDispatch dispatch,
        JobPublisher publisher,
        JobSignal signal,
        NodeLanes lanes,
        WorkFolders work,
        Bin bin,
        TimeProvider time,
        ILogger<JobRunner> log)
    {
        (this.jobs, this.terms, this.leases, this.runs, this.dispatch) = (jobs, terms, leases, runs, dispatch);
        (this.publisher, this.signal, this.lanes, this.work, this.bin) = (publisher, signal, lanes, work, bin);
        (this.time, this.log, left) = (time, log, new LeftJobs(terms, time, RandomNumberGenerator.GetInt32(1000) / 1000.0));
        emptied = time.GetTimestamp();
    }

    /// <summary>Begins to run jobs in the background: of each lane as soon as no other process does.</summary>
    public void Start()
    {
        signal.Listen();
        loop = Task.Run(() => LoopAsync(stopping.Token));
        beating = Task.Run(() => BeatAsync(over.Token));
    }

    /// <summary>
    /// Takes up nothing more and leaves: what is at a provider is handed over at once; renders, which the next one would begin again, are
    /// given time to end where there may be a next one, and are put back into the queue after that.
    /// </summary>
    /// <param name="atMost">How much time they are given.</param>
    public Task DrainAsync(TimeSpan atMost)
    {
        lock (ending)
        {
            return ended ??= EndAsync(leases.AreShared ? atMost : TimeSpan.Zero);
        }
    }

    /// <summary>Stops: running jobs are put back into the queue, their children end, the locks are let go.</summary>
    public async ValueTask DisposeAsync()
    {
        await DrainAsync(TimeSpan.Zero);
        stopping.Dispose();
        over.Dispose();
    }

    private async Task EndAsync(TimeSpan forRenders)
    {
        patience = forRenders;
        await stopping.CancelAsync();
        await loop.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await over.CancelAsync();
        await beating.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private async Task LoopAsync(CancellationToken stop)
    {
        try
        {
            while (!stop.IsCancellationRequested)
            {
                try
                {
                    var news = signal.Next;
                    var look = await TurnAsync(stop) ? LookEvery : signal.LookEvery(LookEvery);
                    await Task.Delay(LeastBetweenTurns, time, stop);
                    await JobSignal.WaitAsync(news, look, time, stop);
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
            await TryAsync(dispatch.StopAsync);
            await Task.WhenAll(held.Values.Select(DrainAsync));
            await TryAsync(dispatch.LeaveAsync);
            Leave();
        }
    }

    // True if it is to be looked again soon.
    private async Task<bool> TurnAsync(CancellationToken stop)
    {
        if (!hasTriedLocks || time.GetElapsedTime(triedLocks) > TryLocksEvery)
        {
            (triedLocks, hasTriedLocks) = (time.GetTimestamp(), true);
            leases.Watch();
            await LeaveTakenLanesAsync();
            await TakeFreeLanesAsync(stop);
            await TakeUpLeftJobsAsync(stop);
        }
        if (held.IsEmpty)
        {
            return false;
        }
        await EmptyBinAsync(stop);
        var (canceled, waiting) = (jobs.CancelRequested(), jobs.LanesWithQueued());
        foreach (var run in runs)
        {
            run.Cancel(canceled);
        }
        var again = await dispatch.TurnAsync(held, [.. held.Values.Where(l => waiting.Contains(l.Lane))]);
        foreach (var run in runs)
        {
            run.Tend(held.Values.Where(l => run.Serves(l.Provider)).ToDictionary(l => l.Lane, StringComparer.Ordinal));
        }
        return again;
    }

    // Whoever runs a lane empties the bin, now and then; several at once do each their part.
    private async Task EmptyBinAsync(CancellationToken stop)
    {
        if (time.GetElapsedTime(emptied) < EmptyBinEvery)
        {
            return;
        }
        emptied = time.GetTimestamp();
        try
        {
            await bin.PurgeAsync(stop);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            LogBinStays(log, e);
        }
    }

    private async Task TakeFreeLanesAsync(CancellationToken stop)
    {
        foreach (var (name, provider) in (await lanes.OwnAsync(stop)).Where(l => !held.ContainsKey(l.Lane)))
        {
            if (leases.TryTake(name, provider) is not { } lease)
            {
                continue;
            }
            try
            {
                await BeginAsync(new LaneTerm(name, provider, lease), stop);
            }
            catch
            {
                lease.Dispose();
                throw;
            }
        }
    }

    private async Task BeginAsync(LaneTerm lane, CancellationToken stop)
    {
        LogTermBegan(log, lane.Lane, lane.Term);
        await CarryOnAsync(lane, stop);
        held[lane.Lane] = lane;
    }

    private async Task CarryOnAsync(LaneTerm lane, CancellationToken stop)
    {
        List<Job> mine = [];
        foreach (var job in terms.Adopt(lane.Lane, lane.Term, leases.AreShared ? LeftJobs.AtOnce : int.MaxValue))
        {
            if (!await IsFinishedAsync(job, stop))
            {
                mine.Add(job);
            }
        }
        work.SweepDead(publisher.PlannedFiles());
        IJobRun.Of(runs, lane.Provider).CarryOn(lane, mine);
    }

    // What another node left whose term is over.
    private async Task TakeUpLeftJobsAsync(CancellationToken stop)
    {
        if (!leases.AreShared || held.IsEmpty)
        {
            return;
        }
        foreach (var name in left.Look())
        {
            if (held.TryGetValue(name, out var lane))
            {
                await CarryOnAsync(lane, stop);
            }
        }
    }

    // True if a dead process had planned all of its files. One that can't be finished must not keep the others of its lane waiting.
    private async Task<bool> IsFinishedAsync(Job job, CancellationToken stopping)
    {
        try
        {
            var isFinished = job.State == JobState.Fetching && await publisher.TryFinishAsync(job, stopping);
            if (isFinished)
            {
                LogFinished(log, job.Name);
            }
            return isFinished;
        }
        catch (Exception e) when (e is not (StaleTermException or OperationCanceledException))
        {
            LogLost(log, job.Name, e);
            return false;
        }
    }

    // Another process took a lane away while this one was asleep: what is on its way here belongs to that one.
    private async Task LeaveTakenLanesAsync()
    {
        if (held.IsEmpty)
        {
            return;
        }
        var goingOn = terms.GoingOn(held.Values.Select(l => l.Term));
        foreach (var lane in held.Values.Where(l => !goingOn.Contains(l.Term)))
        {
            LogTermLost(log, lane.Lane, lane.Term);
            await EndAsync(lane);
        }
    }

    private async Task DrainAsync(LaneTerm lane)
    {
        if (patience > TimeSpan.Zero && IJobRun.Of(runs, lane.Provider).BeginsAgain)
        {
            await Task.WhenAny(IJobRun.Of(runs, lane.Provider).LandAsync(lane), Task.Delay(patience, time));
        }
        await EndAsync(lane);
    }

    private async Task EndAsync(LaneTerm lane)
    {
        await lane.EndAsync();
        await IJobRun.Of(runs, lane.Provider).LandAsync(lane).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        held.TryRemove(lane.Lane, out _);
        lane.Dispose();
    }

    // The edge again: who leaves goes on leaving.
    private async Task TryAsync(Func<Task> step)
    {
        try
        {
            await step();
        }
        catch (Exception e)
        {
            LogTrouble(log, e);
        }
    }

    // Others notice soon enough where this can't be told.
    private void Leave()
    {
        try
        {
            leases.Leave();
        }
        catch (Exception e)
        {
            LogTrouble(log, e);
        }
    }

    private async Task BeatAsync(CancellationToken stop)
    {
        using var timer = new PeriodicTimer(BeatEvery, time);
        while (await timer.WaitForNextTickAsync(stop))
        {
            try
            {
                leases.Beat();
            }
            catch (I2VException e)
            {
                // Who can't reach the database shows nothing; the next beat is a second away.
                LogTrouble(log, e);
            }
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Running {Lane}, term {Term}")]
    private static partial void LogTermBegan(ILogger logger, string lane, long term);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Lane} was taken over by another process after term {Term}")]
    private static partial void LogTermLost(ILogger logger, string lane, long term);

    [LoggerMessage(Level = LogLevel.Information, Message = "{Job} was cut off while its files were moved, and is finished now")]
    private static partial void LogFinished(ILogger logger, string job);

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Job}'s files could not be moved to their places; it is carried on")]
    private static partial void LogLost(ILogger logger, string job, Exception exception);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The bin could not be emptied; it is tried again")]
    private static partial void LogBinStays(ILogger logger, Exception exception);

    [LoggerMessage(Level = LogLevel.Error, Message = "Running jobs met something unexpected and goes on")]
    private static partial void LogTrouble(ILogger logger, Exception exception);
}
