using McpI2V.Engine.Jobs;
using McpI2V.Engine.Jobs.Queueing;
using McpI2V.Engine.Spending;

namespace McpI2V.Engine.Tests;

/// <summary>Queues jobs whose review is not what a test is about.</summary>
internal static class QueueingUnreviewed
{
    public static (long Id, bool WasKnown) Submit(this JobQueue queue, NewJob job, Approval approval, bool fresh, string? follow = null) =>
        queue.Submit(new ReviewedJob(job), approval, fresh, follow);

    public static (long Id, bool WasKnown) SubmitBatch(
        this JobQueue queue,
        string name,
        string matrix,
        IEnumerable<NewJob> jobs,
        Approval approval,
        bool fresh) => queue.SubmitBatch(name, matrix, [.. jobs.Select(j => new ReviewedJob(j))], approval, fresh);
}
