using McpI2V.Engine.Jobs.States;

namespace McpI2V.Engine.Jobs.Lanes;

/// <summary>
/// Cancels jobs. Whoever runs a job's lane does it; where nobody can, because no client has the key any more, it is done
/// here, and what may have been paid counts as spent.
/// </summary>
public sealed class JobCancellation(JobStore jobs, JobLanes lanes, LibraryOptions library, TimeProvider time)
{
    /// <summary>Asks for a job to be canceled; returns how it stands now.</summary>
    public Job Request(long id)
    {
        var job = jobs.RequestCancel(id);
        if (JobTransitions.IsTerminal(job.State) || lanes.IsOwn(job.Lane))
        {
            return job;
        }
        using var held = new RunnerLock(library, job.Lane, time);
        if (!held.TryTake())
        {
            return job;
        }
        var left = jobs.Adopt(job.Lane, jobs.BeginTerm(job.Lane, job.Provider));
        if (left.FirstOrDefault(j => j.Id == id) is { } ours)
        {
            var cost = ours.SentAt is null ? 0 : ours.EstimatedCostUsd;
            var known = ours.Remote is { } task ? $" as {task.Shown}" : "";
            var money = cost > 0
                ? $"{ours.Provider} may have made and charged it{known}, so its price counts as spent. Look in your account there."
                : "It had not been sent; nothing was spent.";
            jobs.End(ours, JobState.Canceled, ErrorCode.Canceled, $"Canceled; no client that has the key it was asked for with is " +
                $"open. {money}", cost);
        }
        return jobs.Get(id);
    }
}
