using Microsoft.Extensions.Hosting;

namespace McpI2V.Hosting.Stdio;

/// <summary>Gives memory back once the server has fallen quiet: a client keeps it running all day, mostly for nothing.</summary>
internal sealed class IdleMemoryTrimmer(TimeProvider time) : BackgroundService
{
    private const long QuietBytes = 2_000_000;
    private const long WorthwhileBytes = 8_000_000;
    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(2);

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        long collected = 0, last = 0;
        while (true)
        {
            await Task.Delay(LookEvery, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (stoppingToken.IsCancellationRequested)
            {
                return;
            }
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
