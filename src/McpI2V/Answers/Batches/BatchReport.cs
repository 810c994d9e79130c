using System.Globalization;
using McpI2V.Engine.Batches;
using McpI2V.Engine.Jobs;
using McpI2V.Engine.Jobs.States;

namespace McpI2V.Answers.Batches;

/// <summary>How a batch stands, and what of it is told this time.</summary>
internal sealed record BatchReport
{
    /// <summary>A batch of at most so many variants is told whole when it is over.</summary>
    public const int Small = 10;

    private const int MostWhileItRuns = 3;
    private const int MostWhenOver = 5;
    private const int MostCauses = 2;

    /// <summary>The batch.</summary>
    public required Batch Batch { get; init; }

    /// <summary>All its jobs, also those that only prepare others.</summary>
    public required IReadOnlyList<Job> Jobs { get; init; }

    /// <summary>Every variant, in the order of the matrix.</summary>
    public required IReadOnlyList<MadeVariant> Variants { get; init; }

    /// <summary>The made ones that are told, in the order of the matrix.</summary>
    public IReadOnlyList<MadeVariant> Told { get; init; } = [];

    /// <summary>How many were made since the last look and are not told one by one.</summary>
    public int AlsoNew { get; init; }

    /// <summary>Failures that were not told before, by their cause.</summary>
    public IReadOnlyList<(string Cause, IReadOnlyList<MadeVariant> Of)> Failures { get; init; } = [];

    /// <summary>Advice that was not told before.</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];

    /// <summary>The pages of the contact sheet.</summary>
    public IReadOnlyList<string> Sheets { get; init; } = [];

    /// <summary>True if the same call had already asked for it.</summary>
    public bool WasKnown { get; init; }

    /// <summary>True once every job has ended.</summary>
    public bool IsOver => Jobs.All(j => JobTransitions.IsTerminal(j.State));

    /// <summary>True for a batch that is told whole.</summary>
    public bool IsSmall => Variants.Count <= Small;

    /// <summary>The variants that were made.</summary>
    public IEnumerable<MadeVariant> Made => Variants.Where(v => v.Asset is not null);

    /// <summary>What is told if all of it cost more than the call allowed; null: it did not.</summary>
    public string? OverLimit
    {
        get
        {
            var (cost, limit) = (Jobs.Sum(j => j.CostUsd), Jobs.FirstOrDefault(j => j.MaxCostUsd is not null)?.MaxCostUsd);
            return cost > limit
                ? string.Create(CultureInfo.InvariantCulture, $"{Batch.Name} has cost ${cost:0.00##}, and max_cost_usd was " +
                    $"${limit:0.00##}: the providers charged more than they announce. Tell the user before more is ordered.")
                : null;
        }
    }

    /// <summary>The report with what is new for a listener.</summary>
    /// <param name="news">What was told before.</param>
    /// <param name="listener">Who is told; null: nobody who is remembered, so all counts as new.</param>
    public BatchReport For(BatchNews news, string? listener)
    {
        var made = Made.ToList();
        var fresh = news.New(listener, Batch.Id, made, v => v.Job.Name);
        // Who asks again after the end wants to see it again.
        var tellable = IsOver && (IsSmall || fresh.Count == 0) ? made : fresh;
        var most = IsSmall ? Small : IsOver ? MostWhenOver : MostWhileItRuns;
        var told = (IsOver ? tellable.OrderBy(v => v.Number) : tellable.OrderByDescending(v => v.Job.EndedAt))
            .Take(most)
            .OrderBy(v => v.Number)
            .ToList();
        return this with
        {
            Told = told,
            AlsoNew = tellable.Count - told.Count,
            Failures = Failed(news, listener),
            Warnings = news.New(listener, Batch.Id, [.. Jobs.SelectMany(j => j.Warnings).Distinct().Take(4)], w => w),
        };
    }

    private List<(string Cause, IReadOnlyList<MadeVariant> Of)> Failed(BatchNews news, string? listener)
    {
        var failed = Variants.Where(v => v.Job.State == JobState.Failed).ToList();
        var fresh = news.New(listener, Batch.Id, failed, v => "failed " + v.Job.Name);
        return
        [
            .. (IsOver && fresh.Count == 0 ? failed : fresh)
                .GroupBy(v => Cause(v.Job))
                .OrderByDescending(g => g.Count())
                .Take(MostCauses)
                .Select(g => (g.Key, (IReadOnlyList<MadeVariant>)[.. g])),
        ];
    }

    // Why a variant has nothing: also what became of the job before it. Messages name their own job; what differs only by it is one cause.
    private string Cause(Job job)
    {
        var first = Jobs.FirstOrDefault(j => j.Id == job.After && j.State == JobState.Failed) ?? job;
        return (first.ErrorMessage ?? "it failed").Replace(first.Name, "the job", StringComparison.Ordinal);
    }
}
