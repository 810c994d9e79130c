using System.Collections.Concurrent;

namespace McpI2V.Simulators.Simulation.FaultInjection;

/// <summary>What each step of a vendor was asked, whether it was answered well or not.</summary>
public sealed class SeenRequests
{
    private readonly ConcurrentDictionary<string, long> last = new(StringComparer.Ordinal);

    /// <summary>How many requests each step saw.</summary>
    public ConcurrentDictionary<string, int> Requests { get; } = new(StringComparer.Ordinal);

    /// <summary>The shortest time between two requests of a step, in seconds.</summary>
    public ConcurrentDictionary<string, double> Shortest { get; } = new(StringComparer.Ordinal);

    public void Count(string step)
    {
        var now = TimeProvider.System.GetTimestamp();
        Requests.AddOrUpdate(step, 1, (_, n) => n + 1);
        if (last.TryGetValue(step, out var before))
        {
            var pause = TimeProvider.System.GetElapsedTime(before, now).TotalSeconds;
            Shortest.AddOrUpdate(step, pause, (_, least) => Math.Min(least, pause));
        }
        last[step] = now;
    }
}
