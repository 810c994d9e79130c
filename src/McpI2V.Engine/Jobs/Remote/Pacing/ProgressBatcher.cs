using System.Collections.Concurrent;

namespace McpI2V.Engine.Jobs.Remote.Pacing;

/// <summary>
/// Progress of many jobs, written once in a while in one transaction: ten thousand jobs must not cost ten thousand commits.
/// </summary>
internal sealed class ProgressBatcher(JobStore jobs, JobSignal signal, TimeProvider time)
{
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(1);
    // A change smaller than this is not worth a write.
    private const double Step = 0.02;
    private readonly ConcurrentDictionary<long, (Job Job, double Progress)> changed = [];
    private long lastWrite;

    /// <summary>Notes how far a job is; returns what counts as noted, to be passed in next time.</summary>
    public double Note(Job job, double? progress, double before)
    {
        if (progress is not { } now || now - before < Step)
        {
            return before;
        }
        changed[job.Id] = (job, Math.Clamp(now, 0, 0.99));
        return now;
    }

    /// <summary>Writes what has changed, at most once a second.</summary>
    public void Write()
    {
        if (changed.IsEmpty || (lastWrite != 0 && time.GetElapsedTime(lastWrite) < Every))
        {
            return;
        }
        lastWrite = time.GetTimestamp();
        List<(Job, double)> reports = [];
        foreach (var id in changed.Keys)
        {
            if (changed.TryRemove(id, out var report))
            {
                reports.Add(report);
            }
        }
        try
        {
            jobs.ReportProgress(reports);
            signal.Pulse();
        }
        catch (I2VException)
        {
            // A busy database: the next report is as good.
        }
    }
}
