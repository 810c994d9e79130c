using McpI2V.Engine.Jobs.States;

namespace McpI2V.Engine.Jobs.Lanes;

/// <summary>
/// Cancels jobs. Whoever runs a job's lane does it; where nobody can, because no client has the key any more, it is done
/// here, and what may have been paid counts as spent.
/// </summary>
public sealed class JobCancellation
{
    private readonly JobStore jobs;
    private readonly TermStore terms;
    private readonly JobLanes lanes;
    private readonly ILaneLeases leases;

    internal JobCancellation(JobStore jobs, TermStore terms, JobLanes lanes, ILaneLeases leases) =>
        (this.jobs, this.terms, this.lanes, this.leases) = (jobs, terms, lanes, leases);

    /// <summary>Asks for a job to be canceled; returns how it stands now.</summary>
    public Job Request(long id)
    {
        var job = jobs.RequestCancel(id);
        if (JobTransitions.IsTerminal(job.State) || lanes.IsOwn(job.Lane))
        {
            return job;
        }
        using var held = leases.TryTakeAlone(job.Lane, job.Provider);
        if (held is null)
        {
            return job;
        }
        var left = terms.Adopt(job.Lane, held.Term);
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
