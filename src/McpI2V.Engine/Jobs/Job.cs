using System.Globalization;
using McpI2V.Engine.Catalogue.Routing;
using McpI2V.Engine.Jobs.States;
using McpI2V.Engine.Providers;

namespace McpI2V.Engine.Jobs;

/// <summary>One unit of generation or rendering work.</summary>
public sealed record Job
{
    /// <summary>Its number; <c>job-4</c> is 4.</summary>
    public required long Id { get; init; }

    /// <summary>Whose it is: who asked for it first.</summary>
    public string Owner { get; init; } = Engine.Owner.OfThisMachine;

    /// <summary>The tool that asked for it.</summary>
    public required string Tool { get; init; }

    /// <summary>A few words for people and for the file's name.</summary>
    public required string Title { get; init; }

    /// <summary>Which kind of request it carries.</summary>
    public required string Kind { get; init; }

    /// <summary>The whole request as JSON, frozen: a job started again does the same.</summary>
    public required string Request { get; init; }

    /// <summary>The provider that does it.</summary>
    public required string Provider { get; init; }

    /// <summary>The model's id.</summary>
    public required string Model { get; init; }

    /// <summary>The lane it is done in: with the key it was asked for with.</summary>
    public string Lane { get; init; } = "";

    /// <summary>What keeps its whole lane from going on; null: nothing.</summary>
    public string? LaneSays { get; init; }

    /// <summary>True if a process runs its lane, as far as the rows tell.</summary>
    public bool IsLaneRun { get; init; }

    /// <summary>0 for what somebody waits for, 1 for batches.</summary>
    public int Priority { get; init; }

    /// <summary>Where it is.</summary>
    public JobState State { get; init; }

    /// <summary>0 to 1.</summary>
    public double Progress { get; init; }

    /// <summary>What it was expected to cost.</summary>
    public decimal EstimatedCostUsd { get; init; }

    /// <summary>What it has cost.</summary>
    public decimal CostUsd { get; init; }

    /// <summary>The batch it belongs to.</summary>
    public long? Batch { get; init; }

    /// <summary>The job whose result it needs; it waits for that one to succeed.</summary>
    public long? After { get; init; }

    /// <summary>What distinguishes it inside its batch, as JSON; null for a job that only prepares others.</summary>
    public string? Variant { get; init; }

    /// <summary>Every try.</summary>
    public IReadOnlyList<Attempt> Attempts { get; init; } = [];

    /// <summary>Which attempt of its route this is, from 1; the ledger counts by it.</summary>
    public int Attempt { get; init; } = 1;

    /// <summary>The models to try next, in order.</summary>
    public IReadOnlyList<RouteStep> Route { get; init; } = [];

    /// <summary>The attempt's own key, stored before anything is sent.</summary>
    public string? AttemptKey { get; init; }

    /// <summary>When the paid request was about to leave; null: it has not.</summary>
    public DateTimeOffset? SentAt { get; init; }

    /// <summary>When the provider took it.</summary>
    public DateTimeOffset? AcceptedAt { get; init; }

    /// <summary>The provider's name for it; null before the provider took it.</summary>
    public RemoteTask? Remote { get; init; }

    /// <summary>
    /// What stands first in the answer, before what was made, in this order: words on which nothing acted, then what went wrong after
    /// paying. Each is a whole line.
    /// </summary>
    public IReadOnlyList<string> Foremost { get; init; } = [];

    /// <summary>What is paid for, such as <c>5 s</c>; null for what is free.</summary>
    public string? Buys { get; init; }

    /// <summary>The most that the whole call was allowed to cost; null: it named no limit.</summary>
    public decimal? MaxCostUsd { get; init; }

    /// <summary>Advice given when it was asked for.</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];

    /// <summary>Why it failed.</summary>
    public ErrorCode? ErrorCode { get; init; }

    /// <summary>Why it failed, in words.</summary>
    public string? ErrorMessage { get; init; }

    /// <summary>True once the user has canceled it.</summary>
    public bool CancelRequested { get; init; }

    /// <summary>The runner's term in which it was last taken up.</summary>
    public long Term { get; init; }

    /// <summary>When it was asked for.</summary>
    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>When it ended; null before.</summary>
    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>Its name in the public face.</summary>
    public string Name => NameOf(Id);

    /// <summary>The name of a job.</summary>
    public static string NameOf(long id) => string.Create(CultureInfo.InvariantCulture, $"job-{id}");

    /// <summary>Reads <c>job-4</c>, also inside <c>i2v://jobs/</c>.</summary>
    public static bool TryParse(string? text, out long id) => PrefixedId.TryParse(text, "job-", "i2v://jobs/", out id);
}
