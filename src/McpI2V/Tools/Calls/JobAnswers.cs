using System.Text;
using System.Text.Json.Nodes;
using McpI2V.Answers;
using McpI2V.Answers.Batches;
using McpI2V.Answers.Contents;
using McpI2V.Answers.Structured;
using McpI2V.Engine;
using McpI2V.Engine.Batches;
using McpI2V.Engine.Jobs;
using McpI2V.Engine.Jobs.Lanes;
using McpI2V.Engine.Jobs.States;
using McpI2V.Engine.Library;
using McpI2V.Engine.Library.Sheets;

namespace McpI2V.Tools.Calls;

/// <summary>Answers for jobs and batches.</summary>
internal sealed class JobAnswers(
    MediaLibrary library,
    AnswerComposer composer,
    ContactSheets sheets,
    BatchNews news,
    JobLanes lanes)
{
    private const int MostPictures = 4;
    private const int ToldInFull = 4;

    /// <summary>How a job stands.</summary>
    public Task<Answer> OfJobAsync(Job job, bool wasKnown, CancellationToken callCancelled) =>
        composer.OfJobAsync(job, wasKnown, job.Warnings, callCancelled);

    /// <summary>How a batch stands and what is new of it; a finished one with its contact sheet.</summary>
    /// <param name="batch">The batch.</param>
    /// <param name="jobs">Its jobs.</param>
    /// <param name="wasKnown">True if the same call had already asked for it.</param>
    /// <param name="listener">Who is told, so that the next look tells what is new since; null: nobody who is remembered.</param>
    /// <param name="callCancelled">Ends the making of pictures.</param>
    public async Task<Answer> OfBatchAsync(
        Batch batch,
        IReadOnlyList<Job> jobs,
        bool wasKnown,
        string? listener,
        CancellationToken callCancelled)
    {
        var whole = Report(batch, jobs);
        var (sheets, pictures) = whole.IsOver ? await LookAsync(whole, callCancelled) : ([], []);
        var report = whole.For(news, listener) with { Sheets = sheets, WasKnown = wasKnown };
        string[] next = report.IsOver
            ? [$"Keep what works: edit_clip or export_clip with its handle. find_assets with batch {batch.Name} lists all."]
            : [$"check_job {batch.Name} with wait_seconds; it goes on by itself."];
        IReadOnlyList<string> bill = report.OverLimit is { } over ? [over] : [];
        var first = FirstLines.OfBatch([.. jobs.Select(j => j.Foremost), bill, [.. BatchView.WentElsewhere(jobs)]]);
        var foremost = report.IsOver ? first : news.New(listener, batch.Id, first, line => line);
        var text = new StringBuilder(FirstLines.Above(BatchView.Text(report, lanes), foremost));
        if (wasKnown)
        {
            text.Append("\nThe same call was made a moment ago, so this is its batch: nothing was made or paid twice. " +
                "For another say fresh: true.");
        }
        AnswerComposer.AppendLists(text, report.Warnings, next);
        WorkAnswer structured = new()
        {
            Batch = BatchView.ToContent(report),
            Assets = [.. report.Told.Where(_ => report.IsSmall).Select(v => report.Told.Count > ToldInFull
                ? AssetContent.InBrief(v.Asset!, v.Path!)
                : AssetContent.FromAsset(v.Asset!, v.Path!))],
            Warnings = [.. foremost, .. report.Warnings],
            Next = next,
        };
        return new Answer(text.ToString(), structured)
        {
            Pictures = pictures,
            Links = report.IsSmall || report.IsOver ? [.. report.Told.Select(v => AssetContent.FromAsset(v.Asset!, v.Path!))] : [],
        };
    }

    /// <summary>A batch with every variant, for programs.</summary>
    public BatchContent OfBatch(Batch batch, IReadOnlyList<Job> jobs) => BatchView.InFull(Report(batch, jobs));

    /// <summary>A batch's plan.</summary>
    public static Answer OfBatchPlan(string name, IReadOnlyList<NewJob> planned, decimal? limit = null)
    {
        var variants = planned.Where(j => j.Variant is not null).ToList();
        var cost = planned.Sum(j => j.EstimatedCostUsd);
        var over = FirstLines.OverLimit(cost, limit);
        List<string> foremost = [.. over, .. FirstLines.OfBatch(planned.Select(j => j.Foremost))];
        var warnings = planned.SelectMany(j => j.Warnings).Distinct().Take(8).ToList();
        string[] next = over.Count > 0 ? [FirstLines.WithinLimit] : ["Call again without dry_run to make them."];
        WorkAnswer structured = new()
        {
            Batch = new BatchContent
            {
                Name = name,
                Counts = new BatchCounts(),
                EstimatedCostUsd = cost,
                Variants = [.. variants.Take(BatchReport.Small).Select((v, place) => new VariantContent
                {
                    Number = place + 1,
                    Job = "",
                    State = "planned",
                    Values = JsonNode.Parse(v.Variant!)!,
                })],
            },
            Assets = [],
            Warnings = [.. foremost, .. warnings],
            Next = next,
        };
        var plan = $"Plan: {Media.ForeignText.Quote(name)}, {variants.Count} variants from {planned.Count} " +
            $"jobs, {AnswerComposer.Cost(cost)}{(NewJob.Bought(planned) is { } what ? $" for {what}" : "")}. Nothing was made or spent.";
        var text = new StringBuilder(FirstLines.Above(plan, foremost));
        AnswerComposer.AppendLists(text, warnings, next);
        return new Answer(text.ToString(), structured);
    }

    private BatchReport Report(Batch batch, IReadOnlyList<Job> jobs)
    {
        var variants = jobs.Where(j => j.Variant is not null).ToList();
        var labels = VariantLabels.Of([.. variants.Select(v => (v.Variant!, v.Title))]);
        return new BatchReport
        {
            Batch = batch,
            Jobs = jobs,
            Variants =
            [
                .. variants.Select((job, place) =>
                {
                    var made = job.State == JobState.Succeeded && library.Assets.OfJob(job.Id) is [var first, ..] ? first : null;
                    return new MadeVariant(place + 1, labels[place], job, made, made is null ? null : library.PathOf(made));
                }),
            ],
        };
    }

    // The pages of the sheet, and what of them a model looks at.
    private async Task<(IReadOnlyList<string> Sheets, IReadOnlyList<byte[]> Pictures)> LookAsync(
        BatchReport report,
        CancellationToken callCancelled)
    {
        try
        {
            var (pages, count) = await sheets.PagesAsync(
                report.Batch.Name,
                [.. report.Made.Select(v => (v.Asset!, $"{v.Number} · {v.Label}"))],
                callCancelled);
            return (pages, await sheets.PartsAsync(report.Batch.Name, count, MostPictures, callCancelled));
        }
        catch (I2VException)
        {
            // The clips are there; the next look at the batch tries the sheet again.
            return ([], []);
        }
    }
}
