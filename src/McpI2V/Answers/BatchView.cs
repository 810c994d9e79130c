using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using McpI2V.Answers.Contents;
using McpI2V.Engine.Batches;
using McpI2V.Engine.Jobs;
using McpI2V.Engine.Jobs.Lanes;
using McpI2V.Engine.Jobs.States;
using McpI2V.Engine.Library;
using McpI2V.Media;

namespace McpI2V.Answers;

/// <summary>How a batch is shown.</summary>
internal static class BatchView
{
    private const int LinesShown = 24;
    private const int ReasonsShown = 3;

    /// <summary>A batch for programs.</summary>
    public static BatchContent ToContent(
        Batch batch,
        IReadOnlyList<Job> jobs,
        IReadOnlyDictionary<long, (Asset Asset, string Path)> clips,
        string? contactSheet,
        bool wasKnown)
    {
        var variants = jobs.Where(j => j.Variant is not null).ToList();
        return new BatchContent
        {
            Id = batch.Name,
            Name = batch.Title,
            Counts = Counts(variants),
            EstimatedCostUsd = jobs.Sum(j => j.EstimatedCostUsd),
            CostUsd = jobs.Sum(j => j.CostUsd),
            Variants = [.. variants.Select(j => Variant(j, clips))],
            ContactSheet = contactSheet,
            Repeated = wasKnown ? true : null,
        };
    }

    /// <summary>A batch in words.</summary>
    public static string Text(
        Batch batch,
        IReadOnlyList<Job> jobs,
        IReadOnlyDictionary<long, (Asset Asset, string Path)> clips,
        string? contactSheet,
        JobLanes lanes)
    {
        var variants = jobs.Where(j => j.Variant is not null).ToList();
        var counts = variants.GroupBy(j => Group(j.State)).ToDictionary(g => g.Key, g => g.Count());
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"{batch.Name} " +
            $"\"{batch.Title}\": {string.Join(", ", counts.Select(c => $"{c.Value} {c.Key}"))} of {variants.Count}, {Cost(jobs)}.");
        text.Append(Judged(clips.Values.Select(c => c.Asset)));
        foreach (var job in variants.Where(j => clips.ContainsKey(j.Id)).Take(LinesShown))
        {
            text.Append('\n').Append(clips[job.Id].Asset.Handle).Append("  \"").Append(job.Title).Append('"').Append(
                AssetLine.Verdict(clips[job.Id].Asset.Marks)).Append("  ").Append(clips[job.Id].Path);
        }
        foreach (var why in jobs.Select(lanes.WhyWaits).OfType<string>().Distinct().Take(ReasonsShown))
        {
            text.Append('\n').Append(why);
        }
        foreach (var job in jobs
            .Where(j => j.State == JobState.Unconfirmed || (!JobTransitions.IsTerminal(j.State) && j.ErrorMessage is not null))
            .Take(ReasonsShown))
        {
            text.Append('\n').Append(job.ErrorMessage);
        }
        foreach (var job in variants.Where(j => j.State == JobState.Failed).Take(ReasonsShown))
        {
            text.Append('\n').Append(job.Name).Append(" failed: ").Append(job.ErrorMessage);
        }
        if (variants.Count(j => clips.ContainsKey(j.Id)) > LinesShown)
        {
            text.Append("\nand more: find_assets with batch ").Append(batch.Name).Append(" lists them in pages.");
        }
        if (contactSheet is not null)
        {
            text.Append("\nContact sheet: ").Append(contactSheet);
        }
        return text.ToString();
    }

    private static string Judged(IEnumerable<Asset> made)
    {
        var by = made.Where(a => a.Marks.Verdict is not null).CountBy(a => a.Marks.Verdict!).ToDictionary();
        return by.Count == 0 ? "" : $" {by.GetValueOrDefault("keep")} kept, {by.GetValueOrDefault("reject")} rejected.";
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

    private static VariantContent Variant(Job job, IReadOnlyDictionary<long, (Asset Asset, string Path)> clips)
    {
        var isMade = clips.TryGetValue(job.Id, out var clip);
        return new VariantContent
        {
            Job = job.Name,
            State = SnakeCase.From(job.State),
            Values = JsonNode.Parse(job.Variant!)!,
            Asset = isMade ? clip.Asset.Handle.ToString() : null,
            Path = isMade ? clip.Path : null,
            Verdict = isMade ? clip.Asset.Marks.Verdict : null,
            Error = job.ErrorMessage,
        };
    }
}
