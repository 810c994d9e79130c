using System.Text;
using System.Text.Json.Nodes;
using McpI2V.Answers;
using McpI2V.Answers.Contents;
using McpI2V.Answers.Structured;
using McpI2V.Engine;
using McpI2V.Engine.Batches;
using McpI2V.Engine.Jobs;
using McpI2V.Engine.Jobs.Lanes;
using McpI2V.Engine.Jobs.States;
using McpI2V.Engine.Library;

namespace McpI2V.Tools.Calls;

/// <summary>Answers for jobs and batches.</summary>
internal sealed class JobAnswers(
    MediaLibrary library,
    AnswerComposer composer,
    Previews previews,
    JobLanes lanes)
{
    private const int MostSheetEntries = 120;

    /// <summary>How a job stands.</summary>
    public Task<Answer> OfJobAsync(Job job, bool wasKnown, CancellationToken callCancelled) =>
        composer.OfJobAsync(job, wasKnown, job.Warnings, callCancelled);

    /// <summary>How a batch stands; a finished one with its contact sheet.</summary>
    public async Task<Answer> OfBatchAsync(Batch batch, IReadOnlyList<Job> jobs, bool wasKnown, CancellationToken callCancelled)
    {
        var clips = Clips(jobs);
        var isOver = jobs.All(j => JobTransitions.IsTerminal(j.State));
        var sheet = isOver && clips.Count > 0 ? await SheetAsync(batch, jobs, clips, callCancelled) : null;
        var foremost = FirstLines.OfBatch(jobs.Select(j => j.Foremost));
        var warnings = jobs.SelectMany(j => j.Warnings).Distinct().Take(8).ToList();
        string[] next = isOver
            ? [$"Look at the contact sheet, keep what works: edit_clip or export_clip with a clip's handle. " +
                $"find_assets with batch {batch.Name} lists them."]
            : [$"check_job {batch.Name} with wait_seconds waits for the rest; it goes on by itself."];
        var text = new StringBuilder(FirstLines.Above(BatchView.Text(batch, jobs, clips, sheet, lanes), foremost));
        if (wasKnown)
        {
            text.Append("\nThe same call was made a moment ago, so this is its batch: nothing was made or paid twice. " +
                "For another say fresh: true.");
        }
        AnswerComposer.AppendLists(text, warnings, next);
        List<AssetContent> made = [.. clips.Values.Select(c => AssetContent.FromAsset(c.Asset, c.Path))];
        WorkAnswer structured = new()
        {
            Batch = BatchView.ToContent(batch, jobs, clips, sheet, wasKnown),
            Assets = made,
            Warnings = [.. foremost, .. warnings],
            Next = next,
        };
        return new Answer(text.ToString(), structured)
        {
            Pictures = sheet is null ? [] : await PreviewAsync(batch, callCancelled),
            Links = made,
        };
    }

    /// <summary>A batch's plan.</summary>
    public static Answer OfBatchPlan(string name, IReadOnlyList<NewJob> planned)
    {
        var variants = planned.Where(j => j.Variant is not null).ToList();
        var cost = planned.Sum(j => j.EstimatedCostUsd);
        var foremost = FirstLines.OfBatch(planned.Select(j => j.Foremost));
        var warnings = planned.SelectMany(j => j.Warnings).Distinct().Take(8).ToList();
        string[] next = ["Call again without dry_run to make them."];
        WorkAnswer structured = new()
        {
            Batch = new BatchContent
            {
                Name = name,
                Counts = new BatchCounts(),
                EstimatedCostUsd = cost,
                Variants = [.. variants.Select(v => new VariantContent
                {
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
            $"jobs, {AnswerComposer.Cost(cost)}. Nothing was made or spent.";
        var text = new StringBuilder(FirstLines.Above(plan, foremost));
        AnswerComposer.AppendLists(text, warnings, next);
        return new Answer(text.ToString(), structured);
    }

    private Dictionary<long, (Asset Asset, string Path)> Clips(IReadOnlyList<Job> jobs)
    {
        Dictionary<long, (Asset, string)> clips = [];
        foreach (var job in jobs.Where(j => j.Variant is not null && j.State == JobState.Succeeded))
        {
            if (library.Assets.OfJob(job.Id) is [var first, ..])
            {
                clips[job.Id] = (first, library.PathOf(first));
            }
        }
        return clips;
    }

    private async Task<string?> SheetAsync(
        Batch batch,
        IReadOnlyList<Job> jobs,
        Dictionary<long, (Asset Asset, string Path)> clips,
        CancellationToken callCancelled)
    {
        if (await previews.FindSheetAsync(batch.Name, callCancelled) is { } made)
        {
            return made;
        }
        try
        {
            List<(Asset, string)> entries = [];
            foreach (var clip in jobs.Where(j => clips.ContainsKey(j.Id)).Select(j => clips[j.Id].Asset))
            {
                if (entries.Count < MostSheetEntries && await library.HasFileAsync(clip, callCancelled))
                {
                    entries.Add((clip, clip.Handle.ToString()));
                }
            }
            return entries.Count == 0 ? null : await previews.SheetAsync(batch.Name, entries, callCancelled);
        }
        catch (I2VException)
        {
            // The clips are there; the next look at the batch tries the sheet again.
            return null;
        }
    }

    private async Task<IReadOnlyList<byte[]>> PreviewAsync(Batch batch, CancellationToken callCancelled)
    {
        try
        {
            return [await previews.OfSheetAsync(batch.Name, callCancelled)];
        }
        catch (I2VException)
        {
            return [];
        }
    }
}
