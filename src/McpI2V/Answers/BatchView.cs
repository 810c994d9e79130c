using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using McpI2V.Answers.Batches;
using McpI2V.Answers.Contents;
using McpI2V.Engine.Jobs;
using McpI2V.Engine.Jobs.Lanes;
using McpI2V.Engine.Jobs.States;
using McpI2V.Engine.Library;
using McpI2V.Media;

namespace McpI2V.Answers;

/// <summary>How a batch is shown.</summary>
internal static class BatchView
{
    private const int ReasonsShown = 2;
    private const int NumbersShown = 6;

    /// <summary>A batch for programs, with every variant.</summary>
    public static BatchContent InFull(BatchReport report) => ToContent(report, report.Variants, isWhole: true);

    /// <summary>A batch for programs, with the variants that are told this time.</summary>
    public static BatchContent ToContent(BatchReport report)
    {
        var told = report.IsOver && report.IsSmall
            ? report.Variants
            : [.. report.Told, .. report.Failures.SelectMany(f => f.Of.Take(1))];
        return ToContent(report, told, report.IsSmall);
    }

    /// <summary>A batch in words: counts, cost, and what is new.</summary>
    public static string Text(BatchReport report, JobLanes lanes)
    {
        var variants = report.Variants.Select(v => v.Job).ToList();
        var counts = variants.GroupBy(j => Group(j.State)).ToDictionary(g => g.Key, g => g.Count());
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"{report.Batch.Name} " +
            $"\"{report.Batch.Title}\": {string.Join(", ", counts.Select(c => $"{c.Value} {c.Key}"))} of {variants.Count}" +
            $"{Masters(report.Jobs)}, {Cost(report.Jobs)}.");
        text.Append(Judged(report.Made.Select(v => v.Asset!)));
        foreach (var (cause, of) in report.Failures)
        {
            var numbers = string.Join(", ", of.Take(NumbersShown).Select(v => v.Number)) + (of.Count > NumbersShown ? ", ..." : "");
            text.Append(CultureInfo.InvariantCulture, $"\n{of.Count} failed ({numbers}): {cause}");
        }
        IEnumerable<string> reasons =
        [
            .. report.Jobs.Select(lanes.WhyWaits).OfType<string>(),
            .. report.Jobs
                .Where(j => j.State == JobState.Unconfirmed || (!JobTransitions.IsTerminal(j.State) && j.ErrorMessage is not null))
                .Select(j => j.ErrorMessage!),
        ];
        foreach (var why in reasons.Distinct().Take(ReasonsShown))
        {
            text.Append('\n').Append(why);
        }
        foreach (var variant in report.Told)
        {
            text.Append('\n').Append(Line(variant, withPath: report.IsSmall));
        }
        if (report.AlsoNew > 0)
        {
            text.Append(CultureInfo.InvariantCulture, $"\nand {report.AlsoNew} more; find_assets with batch " +
                $"{report.Batch.Name} lists all.");
        }
        if (report.Sheets.Count > 0)
        {
            var rest = report.Sheets.Count == 1 ? "" : $" to {Path.GetFileName(report.Sheets[^1])}";
            text.Append("\nContact sheet: ").Append(report.Sheets[0]).Append(rest);
        }
        return text.ToString();
    }

    private static string Judged(IEnumerable<Asset> made)
    {
        var by = made.Where(a => a.Marks.Verdict is not null).CountBy(a => a.Marks.Verdict!).ToDictionary();
        return by.Count == 0 ? "" : $" {by.GetValueOrDefault("keep")} kept, {by.GetValueOrDefault("reject")} rejected.";
    }

    private static BatchContent ToContent(BatchReport report, IReadOnlyList<MadeVariant> variants, bool isWhole) => new()
    {
        Id = report.Batch.Name,
        Name = report.Batch.Title,
        Counts = Counts([.. report.Variants.Select(v => v.Job)]),
        EstimatedCostUsd = report.Jobs.Sum(j => j.EstimatedCostUsd),
        CostUsd = report.Jobs.Sum(j => j.CostUsd),
        Variants = [.. variants.Select(v => Variant(v, report, isWhole))],
        ContactSheet = report.Sheets.Count > 0 ? report.Sheets[0] : null,
        Repeated = report.WasKnown ? true : null,
    };

    private static string Line(MadeVariant variant, bool withPath)
    {
        var line = $"{variant.Number} {variant.Asset!.Handle} \"{variant.Label}\" {AssetLine.Facts(variant.Asset)}" +
            AssetLine.Verdict(variant.Asset.Marks);
        return withPath ? $"{line} {variant.Path}" : line;
    }

    /// <summary>Which models were asked in vain before others took over, a line each.</summary>
    public static IEnumerable<string> WentElsewhere(IReadOnlyList<Job> jobs) => jobs
        .Where(j => j.State != JobState.Failed)
        .SelectMany(j => j.Attempts.Where(a => a.Outcome == "failed"), (job, attempt) => (attempt.Model, attempt.Error, job.Model))
        .GroupBy(a => a)
        .Take(ReasonsShown)
        .Select(g => (g.Key, Times: g.Count() > 1 ? $" {g.Count()} times" : ""))
        .Select(g => $"{g.Key.Item1} failed{g.Times} ({g.Key.Error?.TrimEnd('.')}); {g.Key.Item3} took over. That cost nothing.");

    // Variants wait for what they share: that it is being made is how far the batch is.
    private static string Masters(IReadOnlyList<Job> jobs)
    {
        var masters = jobs.Where(j => j.Variant is null).ToList();
        var made = masters.Count(j => j.State == JobState.Succeeded);
        return masters.Count == 0 || made == masters.Count ? "" : $" ({made} of {masters.Count} that they share made, " +
            $"{masters.Count(j => Group(j.State) == "running")} at work)";
    }

    // What is not made yet is not free.
    private static string Cost(IReadOnlyList<Job> jobs)
    {
        var (spent, expected) = (jobs.Sum(j => j.CostUsd), jobs
            .Where(j => !JobTransitions.IsTerminal(j.State))
            .Sum(j => j.EstimatedCostUsd));
        return expected > 0
            ? $"{(spent > 0 ? AnswerComposer.Cost(spent) : "nothing")} spent so far, {AnswerComposer.Cost(expected)} expected for the rest"
            : AnswerComposer.Cost(spent);
    }

    private static BatchCounts Counts(IReadOnlyList<Job> jobs)
    {
        var by = jobs.CountBy(j => Group(j.State)).ToDictionary();
        return new BatchCounts
        {
            Queued = by.GetValueOrDefault("queued"),
            Running = by.GetValueOrDefault("running"),
            Succeeded = by.GetValueOrDefault("succeeded"),
            Failed = by.GetValueOrDefault("failed"),
            Canceled = by.GetValueOrDefault("canceled"),
            Unconfirmed = by.GetValueOrDefault("unconfirmed"),
        };
    }

    private static string Group(JobState state) => state switch
    {
        JobState.Queued => "queued",
        JobState.Succeeded => "succeeded",
        JobState.Failed => "failed",
        JobState.Canceled => "canceled",
        JobState.Unconfirmed => "unconfirmed",
        _ => "running",
    };

    // Among many, what they have in common is not said of each, and where files lie is told by find_assets.
    private static VariantContent Variant(MadeVariant variant, BatchReport report, bool isWhole) => new()
    {
        Number = variant.Number,
        Job = variant.Job.Name,
        State = SnakeCase.From(variant.Job.State),
        Values = isWhole
            ? JsonNode.Parse(variant.Job.Variant!)!
            : VariantLabels.Differing(variant.Job.Variant!, report.Variants.Select(v => v.Job.Variant!)),
        Asset = variant.Asset?.Handle.ToString(),
        Path = isWhole ? variant.Path : null,
        Verdict = variant.Asset?.Marks.Verdict,
        Error = variant.Job.ErrorMessage,
    };
}
