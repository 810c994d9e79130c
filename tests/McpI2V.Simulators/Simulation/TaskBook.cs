using System.Collections.Concurrent;
using McpI2V.Simulators.Simulation.FaultInjection;

namespace McpI2V.Simulators.Simulation;

/// <summary>The tasks of one vendor, its places, and what it charged.</summary>
public sealed class TaskBook(string vendor, SimOptions options, Faults faults, Bill bill, ResultRenderer renderer)
{
    private readonly ConcurrentDictionary<string, SimTask> tasks = new(StringComparer.Ordinal);
    private readonly PriorityQueue<DateTimeOffset, DateTimeOffset> places = new();
    private readonly Lock gate = new();
    private readonly HashSet<string> open = [];

    /// <summary>The most that were with the vendor and not done at once.</summary>
    public int MostInFlight { get; private set; }

    /// <summary>The shortest time between two looks at one task.</summary>
    public TimeSpan ShortestLook { get; private set; } = TimeSpan.MaxValue;

    public ICollection<SimTask> All => tasks.Values;

    /// <summary>Takes a task.</summary>
    public SimTask Take(SimTask task)
    {
        lock (gate)
        {
            var now = TimeProvider.System.GetUtcNow();
            open.RemoveWhere(id => tasks[id].At(now) is SimState.Done or SimState.Failed or SimState.Canceled);
            // A place is free when the one who has it is done.
            var starts = now;
            if (places.Count >= options.Places)
            {
                var free = places.Dequeue();
                starts = free > now ? free : now;
            }
            task.Fingerprint = FaultMiddleware.Fingerprint.Value ?? "";
            task.StartsAt = starts;
            task.DoneAt = starts + TimeSpan.FromSeconds(options.JobSeconds);
            task.Fate ??= faults.Take(vendor, "task")?.Kind;
            task.Usd = task.Fate switch { "dear" => task.Usd * 3, "credit" => -1000, _ => task.Usd };
            places.Enqueue(task.DoneAt, task.DoneAt);
            tasks[task.Id] = task;
            // Made by the time it is done: a vendor does not begin when the result is fetched.
            _ = renderer.MakeAsync(task.Spec);
            open.Add(task.Id);
            MostInFlight = Math.Max(MostInFlight, open.Count);
            return task;
        }
    }

    /// <summary>A task that somebody looks at; null: none has this id.</summary>
    public SimTask? GetStatus(string id)
    {
        if (!tasks.TryGetValue(id, out var task))
        {
            return null;
        }
        lock (gate)
        {
            var now = TimeProvider.System.GetUtcNow();
            if (task.LastLook != default && now - task.LastLook < ShortestLook)
            {
                ShortestLook = now - task.LastLook;
            }
            task.LastLook = now;
            task.Looks.Add(now.ToUnixTimeMilliseconds());
        }
        Settle();
        return task;
    }

    /// <summary>Puts tasks there that are at work and never end, for a client that is to look after many.</summary>
    public void Seed(int count, string prefix)
    {
        for (var i = 0; i < count; i++)
        {
            tasks[prefix + i] = new SimTask
            {
                Id = prefix + i,
                Vendor = vendor,
                Model = "seeded",
                Spec = new RenderSpec("clip", null, "", 64, 64),
                Fate = "stuck",
                SubmittedAt = TimeProvider.System.GetUtcNow(),
                DoneAt = DateTimeOffset.MaxValue,
            };
        }
    }

    /// <summary>A task without its being looked at.</summary>
    public SimTask? Find(string id) => tasks.GetValueOrDefault(id);

    /// <summary>Cancels a task; false if it is too late.</summary>
    public bool Cancel(SimTask task)
    {
        lock (gate)
        {
            if (task.At(TimeProvider.System.GetUtcNow()) is SimState.Done or SimState.Failed)
            {
                return false;
            }
            task.IsCanceled = true;
            return true;
        }
    }

    /// <summary>Charges what was made by now.</summary>
    public void Settle()
    {
        var now = TimeProvider.System.GetUtcNow();
        foreach (var task in tasks.Values.Where(t => !t.IsCharged))
        {
            lock (gate)
            {
                if (!task.IsCharged && task.At(now) == SimState.Done)
                {
                    task.IsCharged = true;
                    bill.Charge(vendor, task.Id, task.Model, task.Usd, now);
                }
            }
        }
    }
}
