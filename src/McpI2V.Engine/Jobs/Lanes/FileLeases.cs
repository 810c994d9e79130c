namespace McpI2V.Engine.Jobs.Lanes;

/// <summary>One process at a time runs a lane, on one machine: the one that holds the lane's lock on a file.</summary>
internal sealed class FileLeases(LibraryOptions library, TermStore terms, TimeProvider time) : ILaneLeases
{
    private readonly Lock gate = new();
    private readonly Dictionary<string, RunnerLock> locks = new(StringComparer.Ordinal);

    /// <inheritdoc/>
    public bool AreShared => false;

    /// <inheritdoc/>
    public LaneLease? TryTake(string lane, string provider)
    {
        if (!Directory.Exists(library.Home))
        {
            return null;
        }
        RunnerLock own;
        lock (gate)
        {
            own = locks.TryGetValue(lane, out var known) ? known : locks[lane] = new RunnerLock(library, lane, time);
        }
        return Begin(own, lane, provider, () =>
        {
            lock (gate)
            {
                locks.Remove(lane);
            }
            own.Dispose();
        });
    }

    /// <inheritdoc/>
    public LaneLease? TryTakeAlone(string lane, string provider)
    {
        var own = new RunnerLock(library, lane, time);
        return Begin(own, lane, provider, own.Dispose);
    }

    /// <inheritdoc/>
    public void Beat()
    {
        RunnerLock[] held;
        lock (gate)
        {
            held = [.. locks.Values];
        }
        foreach (var one in held)
        {
            one.Beat();
        }
    }

    /// <summary>The lock's own counter shows who is asleep when it is asked for.</summary>
    public void Watch()
    {
    }

    /// <summary>The locks end with their terms.</summary>
    public void Leave()
    {
    }

    private LaneLease? Begin(RunnerLock own, string lane, string provider, Action letGo)
    {
        if (!own.TryTake())
        {
            return null;
        }
        try
        {
            return new LaneLease(terms.Begin(lane, provider), letGo);
        }
        catch
        {
            letGo();
            throw;
        }
    }
}
