using McpI2V.Answers.Writing;
using McpI2V.Engine.Jobs;
using McpI2V.Media;

namespace McpI2V.Answers.Contents;

/// <summary>A job for programs.</summary>
internal sealed record JobContent
{
    /// <summary>job-4; none for a dry run.</summary>
    [Core]
    public string? Id { get; init; }

    /// <summary>Where the job is; planned for a dry run.</summary>
    [Core]
    public required string State { get; init; }

    /// <summary>0 to 1.</summary>
    public double Progress { get; init; }

    /// <summary>Who does it.</summary>
    public required string Provider { get; init; }

    /// <summary>The model's id.</summary>
    public required string Model { get; init; }

    /// <summary>What it was expected to cost.</summary>
    [Core]
    public decimal EstimatedCostUsd { get; init; }

    /// <summary>What it has cost.</summary>
    [Core]
    public decimal CostUsd { get; init; }

    /// <summary>Every try.</summary>
    public required IReadOnlyList<Attempt> Attempts { get; init; }

    /// <summary>True if the same call had already asked for this job; it was not done or paid again.</summary>
    public bool? Repeated { get; init; }

    /// <summary>A job as it stands.</summary>
    public static JobContent FromJob(Job job, bool wasKnown) => new()
    {
        Id = job.Name,
        State = SnakeCase.From(job.State),
        Progress = Math.Round(job.Progress, 3),
        Provider = job.Provider,
        Model = job.Model,
        EstimatedCostUsd = job.EstimatedCostUsd,
        CostUsd = job.CostUsd,
        Attempts = job.Attempts,
        Repeated = wasKnown ? true : null,
    };

    /// <summary>A job as it would be.</summary>
    public static JobContent FromPlan(NewJob job) => new()
    {
        State = "planned",
        Provider = job.Provider,
        Model = job.Model,
        EstimatedCostUsd = job.EstimatedCostUsd,
        Attempts = [],
    };
}
