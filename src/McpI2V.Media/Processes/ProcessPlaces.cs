namespace McpI2V.Media.Processes;

/// <summary>
/// How many child processes run at once, apart from the renders that have a lane: looks (probes, previews, measurements) by
/// processors and memory and never more than two, renders outside the lanes by processors. Fair between callers.
/// </summary>
public sealed class ProcessPlaces
{
    // What a look may need in earnest: 64 Mi pixels of 16 bit and four channels took 600 MB.
    private const long MemoryOfALook = 600_000_000;
    // A look takes a tenth of a second, and the worst picture of 100 kB takes 200 MB: two are quick, and bound what many of those take.
    private const int MostLooks = 2;
    private const string TheProgram = "";
    private readonly AsyncLocal<string?> caller = new();
    private readonly AsyncLocal<bool> holds = new();
    private readonly FairGate looks;
    private readonly FairGate renders;

    /// <summary>As many places as this machine can carry.</summary>
    public ProcessPlaces()
        : this((int)Math.Clamp(
            GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / MemoryOfALook,
            1,
            Math.Min(MostLooks, Environment.ProcessorCount)))
    {
    }

    internal ProcessPlaces(int looks)
    {
        Looks = looks;
        this.looks = new FairGate(looks);
        renders = new FairGate(Environment.ProcessorCount);
    }

    /// <summary>How many looks there may be at once.</summary>
    public int Looks { get; }

    /// <summary>
    /// What is asked for until this is disposed, and all that it leads to, is this caller's. It flows with the call as its
    /// trace does, so that no look can be begun that forgets who asked.
    /// </summary>
    public IDisposable As(string name)
    {
        var before = caller.Value;
        caller.Value = name;
        return new Back(this, before);
    }

    /// <summary>
    /// Looks that belong together, one after the other in one place: of many that are begun at once the first is over first, where all
    /// would be over at the end if each queued again for its every step.
    /// </summary>
    public async Task<T> TogetherAsync<T>(Func<Task<T>> belonging, CancellationToken cancellationToken)
    {
        using var place = await EnterShortAsync(cancellationToken);
        holds.Value = true;
        return await belonging();
    }

    internal async Task<IDisposable?> EnterShortAsync(CancellationToken cancellationToken) =>
        holds.Value ? null : await looks.EnterAsync(caller.Value ?? TheProgram, cancellationToken);

    internal Task<IDisposable> RenderAsync(CancellationToken cancellationToken) =>
        renders.EnterAsync(caller.Value ?? TheProgram, cancellationToken);

    private sealed class Back(ProcessPlaces places, string? before) : IDisposable
    {
        public void Dispose() => places.caller.Value = before;
    }
}
