using System.Collections.Concurrent;

namespace McpI2V.Engine.Jobs.Remote;

/// <summary>How long each model usually takes here, learned from what it made.</summary>
internal sealed class UsualDurations(RemoteRows rows)
{
    private const int Remembered = 20;
    private readonly ConcurrentDictionary<string, TimeSpan[]> seen = new(StringComparer.Ordinal);

    /// <summary>The usual time; null before three tasks were seen.</summary>
    public TimeSpan? Of(string model)
    {
        var times = Times(model);
        // The quick end of the usual: a look too early costs one request, one too late keeps a finished clip waiting.
        return times.Length < 3 ? null : times.Order().ElementAt(times.Length / 4);
    }

    /// <summary>Remembers how long a task took.</summary>
    public void Saw(string model, TimeSpan took) =>
        seen.AddOrUpdate(model, _ => [took, .. Times(model).Take(Remembered - 1)], (_, before) => [took, .. before.Take(Remembered - 1)]);

    private TimeSpan[] Times(string model) => seen.GetOrAdd(model, m => [.. rows.LastDurations(m, Remembered).Select(ms => TimeSpan.FromMilliseconds(ms))]);
}
