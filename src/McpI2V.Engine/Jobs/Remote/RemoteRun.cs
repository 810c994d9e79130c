using System.Collections.Concurrent;
using McpI2V.Engine.Jobs.Lanes;
using McpI2V.Engine.Jobs.Remote.Pacing;
using McpI2V.Engine.Jobs.States;
using McpI2V.Engine.Providers;

namespace McpI2V.Engine.Jobs.Remote;

/// <summary>
/// Looks after every job at a provider while this process runs its lane: takes them up within the provider's limits, carries on what a dead
/// process left.
/// </summary>
internal sealed class RemoteRun(
    JobStore jobs,
    TermStore terms,
    RemoteJobStore store,
    RemoteJob life,
    RemoteServices services,
    ConcurrencyByProvider concurrency,
    LostJobs lost,
    OrphanedJobs orphans,
    ILaneLeases leases,
    ProgressBatcher progress,
    TimeProvider time) : IJobRun
{
    private readonly ConcurrentDictionary<long, (RemoteJobContext Flight, Task Work)> flying = new();
    private static readonly TimeSpan LetOthersFirst = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan LookForOrphansEvery = TimeSpan.FromSeconds(30);
    private readonly ConcurrentDictionary<string, Task> asking = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, (Task Looking, long At)> adopting = new(StringComparer.Ordinal);

    /// <inheritdoc/>
    public bool Serves(string provider) => concurrency.Find(provider) is not null;

    /// <summary>What is at a provider goes on there.</summary>
    public bool BeginsAgain => false;

    /// <summary>Carries on a lane's jobs that a dead process left at a provider; what was never sent is queued again.</summary>
    public void CarryOn(LaneTerm lane, IReadOnlyList<Job> left)
    {
        services.Notes.Sweep(store.OpenKeys());
        foreach (var job in left)
        {
            if (job.SentAt is null && job.Remote is null)
            {
                jobs.Requeue(job, "the server was stopped before anything was sent");
                continue;
            }
            TakeUpAnyway(job, lane.Ending);
        }
    }

    /// <summary>
    /// Takes up queued jobs of a lane as far as the provider has room. As long as its key is not accepted, only what somebody waits for is
    /// tried.
    /// </summary>
    public void TakeUp(LaneTerm lane)
    {
        while (TryTakeUp(lane, only: null, out _))
        {
        }
    }

    /// <inheritdoc/>
    public bool TryTakeUp(LaneTerm lane, Job job, out Task work) => TryTakeUp(lane, job.Id, out work);

    /// <inheritdoc/>
    public LaneRoom RoomFor(string provider, int priority) =>
        new(concurrency.Find(provider)!.Provider.Limits.MaxConcurrent, IsOfAllNodes: true);

    private bool TryTakeUp(LaneTerm lane, long? only, out Task work)
    {
        work = Task.CompletedTask;
        var own = concurrency.Find(lane.Provider)!;
        if (lane.Ending.IsCancellationRequested || !own.TryTake())
        {
            return false;
        }
        var leastUrgent = own.KeyFault is null ? 1 : 0;
        if (jobs.TakeNext(lane.Term, lane.Lane, leastUrgent, leases.AreShared ? own.Free : null, only) is not { } job)
        {
            own.GiveBack();
            return false;
        }
        work = Fly(new RemoteJobContext(job, own, lane.Ending));
        return true;
    }

    /// <inheritdoc/>
    public void Tend(IReadOnlyDictionary<string, LaneTerm> held)
    {
        foreach (var lane in held.Values)
        {
            AskForKey(lane);
            LookForOrphans(lane);
        }
        Reconcile(held);
        PollNow(held.Values);
        progress.Write();
    }

    /// <inheritdoc/>
    public void Cancel(IReadOnlyList<long> ids)
    {
        foreach (var id in ids)
        {
            if (flying.TryGetValue(id, out var job))
            {
                job.Flight.Cancel();
            }
        }
    }

    // Looks once more for jobs of which nobody knows whether they were accepted: when somebody asks, when their answer was noted after
    // all, and by itself where the provider may list them by now.
    private void Reconcile(IReadOnlyDictionary<string, LaneTerm> held)
    {
        foreach (var (id, name, key, isAskedAfter) in store.Unconfirmed())
        {
            if (!held.TryGetValue(name, out var lane)
                || flying.ContainsKey(id)
                || !(isAskedAfter || lost.IsTimeToLook(id, key, concurrency.Find(lane.Provider)!.Provider)))
            {
                continue;
            }
            if (store.Reopen(id, lane.Term) is { } job)
            {
                TakeUpAnyway(job, lane.Ending);
            }
        }
    }

    // Asks a provider whose key was refused, for nothing and once in a while, whether it is accepted again; tells what waits for it.
    private void AskForKey(LaneTerm lane)
    {
        var own = concurrency.Find(lane.Provider)!;
        if (own.KeyFault is not null && asking.GetValueOrDefault(lane.Lane) is null or { IsCompleted: true } && own.IsTimeToAskForKey())
        {
            asking[lane.Lane] = AskForKeyAsync(own, lane.Ending);
        }
        lane.Say(
            terms,
            own.KeyFault is { } fault
                ? $"{fault.TrimEnd('.')}. What was not sent waits for the key, which is tried again by itself; " +
                    "cancel_job gives it up for nothing."
                : null);
    }

    // Looks once in a while for jobs at the provider whose lane nobody runs, and carries on those that are in this key's account.
    private void LookForOrphans(LaneTerm lane)
    {
        if (adopting.TryGetValue(lane.Lane, out var last)
            && (!last.Looking.IsCompleted || time.GetElapsedTime(last.At) < LookForOrphansEvery))
        {
            return;
        }
        adopting[lane.Lane] = (AdoptAsync(lane), time.GetTimestamp());
    }

    private async Task AdoptAsync(LaneTerm lane)
    {
        // A client that has the lane's own key may be starting beside us: it goes first.
        await Task.Delay(LetOthersFirst, time, lane.Ending).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (lane.Ending.IsCancellationRequested)
        {
            return;
        }
        try
        {
            foreach (var job in await orphans.AdoptAsync(lane, concurrency.Find(lane.Provider)!.Provider))
            {
                TakeUpAnyway(job, lane.Ending);
            }
        }
        catch (Exception e) when (e is I2VException or IOException or OperationCanceledException)
        {
            // They stay as they are; the next time is soon.
        }
    }

    // Looks at tasks of which a provider has sent word.
    private void PollNow(IEnumerable<LaneTerm> held)
    {
        foreach (var id in store.PollNow([.. held.Select(l => l.Term)]))
        {
            if (flying.TryGetValue(id, out var job))
            {
                job.Flight.Nudge();
            }
        }
    }

    /// <inheritdoc/>
    public Task LandAsync(LaneTerm lane) => Task.WhenAll([
        .. flying.Values.Where(f => f.Flight.Job.Lane == lane.Lane).Select(f => f.Work),
        asking.GetValueOrDefault(lane.Lane, Task.CompletedTask),
        adopting.TryGetValue(lane.Lane, out var last) ? last.Looking : Task.CompletedTask,
    ]);

    private static async Task AskForKeyAsync(ProviderConcurrency own, CancellationToken stop)
    {
        try
        {
            if (await own.Provider.CheckKeyAsync(stop) is null)
            {
                own.Accepted();
            }
        }
        catch (Exception e) when (e is ProviderException or OperationCanceledException)
        {
            // Nobody could say; it is asked again.
        }
    }

    private void TakeUpAnyway(Job job, CancellationToken stop)
    {
        var own = concurrency.Find(job.Provider)!;
        own.TakeAnyway();
        _ = Fly(new RemoteJobContext(job, own, stop));
    }

    private Task Fly(RemoteJobContext context)
    {
        var listed = new TaskCompletionSource();
        var (id, key) = (context.Job.Id, context.Job.AttemptKey);
        var work = Task.Run(async () =>
        {
            await listed.Task;
            await life.RunAsync(context);
            Forget(id, key);
            flying.TryRemove(id, out _);
            context.Dispose();
            services.Signal.Pulse();
        }, CancellationToken.None);
        flying[id] = (context, work);
        listed.SetResult();
        return work;
    }

    // What was kept of a request is needed for as long as its attempt is open.
    private void Forget(long id, string? key)
    {
        try
        {
            if (key is not null && jobs.Find(id) is { } now && (JobTransitions.IsTerminal(now.State) || now.AttemptKey != key))
            {
                services.Notes.Forget(key);
            }
        }
        catch (Exception e) when (e is I2VException or IOException or UnauthorizedAccessException)
        {
            // The next term sweeps it.
        }
    }
}
