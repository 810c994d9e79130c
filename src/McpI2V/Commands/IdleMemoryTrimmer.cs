namespace McpI2V.Commands;

/// <summary>Gives memory back once the server has fallen quiet: a client keeps it running all day, mostly for nothing.</summary>
internal static class IdleMemoryTrimmer
{
    private const long QuietBytes = 2_000_000;
    private const long WorthwhileBytes = 8_000_000;
    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(2);

    /// <summary>Looks now and then until it is stopped.</summary>
    public static async Task KeepAsync(CancellationToken stop)
    {
        long collected = 0, last = 0;
        while (true)
        {
            await Task.Delay(LookEvery, TimeProvider.System, stop);
            var allocated = GC.GetTotalAllocatedBytes();
            if (allocated - last < QuietBytes && allocated - collected > WorthwhileBytes)
            {
                GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
                collected = allocated;
            }
            last = allocated;
        }
    }
}
