using McpI2V.Engine.Jobs.Lanes;
using McpI2V.Engine.Jobs.States;
using Microsoft.Extensions.Logging;

namespace McpI2V.Engine.Jobs.Dispatching;

/// <summary>
/// Over several nodes: Quartz.NET fires a job's trigger at one of those that serve its lane, within what the node bears and what the
/// provider takes of all nodes together. Terms stay the guard of every write: a trigger that fires twice, because a node was taken for
/// dead, finds its job taken. What a dead node had taken up its lanes' other holders carry on; what it had not, Quartz fires again.
/// </summary>
internal sealed partial class QuartzDispatch(
    QuartzSchedule schedule,
    JobStore jobs,
    IEnumerable<IJobRun> runs,
    TimeProvider time,
    ILogger<QuartzDispatch> log) : IJobDispatch
{
    private static readonly TimeSpan WakeEvery = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan LookForLostEvery = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan WhileThereIsNoRoom = TimeSpan.FromSeconds(1);
    private volatile IReadOnlyDictionary<string, LaneTerm>? lanes;
    private bool isStarted;
    private long woken;
    private long looked;

    /// <inheritdoc/>
    public async Task<bool> TurnAsync(IReadOnlyDictionary<string, LaneTerm> held, IReadOnlyList<LaneTerm> waiting)
    {
        if (!isStarted)
        {
            lanes = held;
            await ScheduleLostAsync();
            await schedule.StartAsync();
            isStarted = true;
        }
        else if (time.GetElapsedTime(looked) > LookForLostEvery)
        {
            await ScheduleLostAsync();
        }
        if (waiting.Count > 0 && time.GetElapsedTime(woken) > WakeEvery)
        {
            woken = time.GetTimestamp();
            await schedule.WakeAsync();
        }
        return false;
    }

    /// <inheritdoc/>
    public Task StopAsync() => schedule.StandByAsync();

    /// <inheritdoc/>
    public async Task LeaveAsync() => await schedule.DisposeAsync();

    /// <summary>Takes a job up whose turn has come, and looks after it for as long as it is this node's.</summary>
    public async Task RunAsync(long id)
    {
        if (jobs.Find(id) is not { State: JobState.Queued } job)
        {
            return;
        }
        if (lanes!.TryGetValue(job.Lane, out var lane) && IJobRun.Of(runs, lane.Provider).TryTakeUp(lane, job, out var work))
        {
            await work;
        }
        else if (jobs.Find(id) is { State: JobState.Queued } left)
        {
            await schedule.PutBackAsync(left, WhileThereIsNoRoom);
        }
    }

    // Queued by a node of before, moved here, restored: or its trigger could not be put back.
    private async Task ScheduleLostAsync()
    {
        looked = time.GetTimestamp();
        if (await schedule.ScheduleLostAsync() is > 0 and var count)
        {
            LogScheduled(log, count);
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "{Count} queued jobs had no trigger, and have one now")]
    private static partial void LogScheduled(ILogger logger, int count);
}
