using System.Collections.Concurrent;

namespace McpI2V.Engine.Jobs.Remote;

/// <summary>Looks after every job at a vendor while this process runs jobs: takes them up within the vendor's limits, carries on what a dead process left.</summary>
internal sealed class RemoteRunner(JobStore jobs, RemoteRows rows, RemoteJob life, RemoteParts parts, ProviderPlaces places)
{
    private readonly ConcurrentDictionary<long, (RemoteFlight Flight, Task Work)> flying = new();

    /// <summary>True if jobs of this provider are done at a vendor.</summary>
    public bool Has(string provider) => places.Of(provider) is not null;

    /// <summary>Carries on jobs that a dead process left at a vendor; what was never sent is queued again.</summary>
    public void CarryOn(IReadOnlyList<Job> left, CancellationToken stop)
    {
        parts.Sweep(rows.OpenKeys());
        foreach (var job in left)
        {
            if (job.SentAt is null && job.Remote is null)
            {
                jobs.Requeue(job, "the server was stopped before anything was sent");
                continue;
            }
            var own = places.Of(job.Provider)!;
            own.TakeAnyway();
            Fly(new RemoteFlight(job, own, stop));
        }
    }

    /// <summary>Takes up queued jobs of a provider as far as the vendor has room.</summary>
    public void TakeUp(long term, string provider, CancellationToken stop)
    {
        var own = places.Of(provider)!;
        while (!stop.IsCancellationRequested && own.TryTake())
        {
            if (jobs.TakeNext(term, provider, leastUrgent: 1) is not { } job)
            {
                own.GiveBack();
                return;
            }
            Fly(new RemoteFlight(job, own, stop));
        }
    }

    /// <summary>Tells jobs that the user called off.</summary>
    public void CallOff(IReadOnlyList<long> ids)
    {
        foreach (var id in ids)
        {
            if (flying.TryGetValue(id, out var job))
            {
                job.Flight.CallOff();
            }
        }
    }

    /// <summary>Looks once more for jobs of which nobody knows whether they were accepted.</summary>
    public void LookAgain(long term, CancellationToken stop)
    {
        foreach (var id in rows.AskedAfter())
        {
            if (!flying.ContainsKey(id) && rows.Reopen(id, term) is { } job && places.Of(job.Provider) is { } own)
            {
                own.TakeAnyway();
                Fly(new RemoteFlight(job, own, stop));
            }
        }
    }

    /// <summary>Looks at tasks of which a vendor has sent word.</summary>
    public void LookNow()
    {
        foreach (var id in rows.LookNow())
        {
            if (flying.TryGetValue(id, out var job))
            {
                job.Flight.Nudge();
            }
        }
    }

    /// <summary>Waits until every job has come to a point at which the next process can carry it on.</summary>
    public Task LandAsync() => Task.WhenAll(flying.Values.Select(f => f.Work));

    private void Fly(RemoteFlight flight)
    {
        var listed = new TaskCompletionSource();
        var id = flight.Job.Id;
        flying[id] = (flight, Task.Run(async () =>
        {
            await listed.Task;
            await life.RunAsync(flight);
            flying.TryRemove(id, out _);
            flight.Dispose();
            parts.Signal.Pulse();
        }, CancellationToken.None));
        listed.SetResult();
    }
}
