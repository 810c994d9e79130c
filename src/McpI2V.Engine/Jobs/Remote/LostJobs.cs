using System.Collections.Concurrent;
using McpI2V.Engine.Jobs.Remote.Sending;
using McpI2V.Engine.Providers;

namespace McpI2V.Engine.Jobs.Remote;

/// <summary>
/// When to look by itself for a job whose answer was lost: once its answer was noted after all, and more and more rarely where the provider
/// lists what it took.
/// </summary>
internal sealed class LostJobs(SendNotes notes, TimeProvider time)
{
    private static readonly TimeSpan LookForNotes = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan First = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(10);
    private readonly ConcurrentDictionary<long, (long Noted, long Asked, TimeSpan Pause)> looked = new();

    /// <summary>True if it is time.</summary>
    public bool IsTimeToLook(long job, string? key, IProvider provider)
    {
        var now = time.GetTimestamp();
        var last = looked.GetOrAdd(job, (now, now, First));
        if (key is not null && time.GetElapsedTime(last.Noted) > LookForNotes)
        {
            last = last with { Noted = now };
            looked[job] = last;
            if (notes.Read(key) is not null)
            {
                return true;
            }
        }
        if (!provider.Limits.CanFind || time.GetElapsedTime(last.Asked) < last.Pause)
        {
            return false;
        }
        looked[job] = last with { Asked = now, Pause = last.Pause * 2 < Longest ? last.Pause * 2 : Longest };
        return true;
    }
}
