namespace McpI2V.Engine.Jobs.Queueing;

/// <summary>
/// A job that its provider has reviewed: the only thing that <see cref="JobQueue"/> takes; <see cref="JobReview"/> makes it.
/// </summary>
public sealed class ReviewedJob
{
    internal ReviewedJob(NewJob job) => Job = job;

    /// <summary>The job, with the warnings of its review.</summary>
    public NewJob Job { get; }

    /// <summary>The same job, told besides what the review of another job of its call found.</summary>
    public ReviewedJob TellingAlso(ReviewedJob other) => new(Job with
    {
        Foremost = [.. other.Job.Foremost.Union(Job.Foremost)],
        Warnings = [.. other.Job.Warnings, .. Job.Warnings],
    });
}
