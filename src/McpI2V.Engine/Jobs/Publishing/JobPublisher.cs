using System.Text.Json;
using McpI2V.Engine.Jobs.States;
using McpI2V.Engine.Library;
using McpI2V.Engine.Spending;
using McpI2V.Engine.Storage.Files;
using McpI2V.Engine.Storage.LocalFiles;
using McpI2V.Engine.Storage.Sql;
using McpI2V.Media.Colours;
using McpI2V.Media.Formats;
using McpI2V.Media.Geometry;

namespace McpI2V.Engine.Jobs.Publishing;

/// <summary>
/// Brings a job's results into the library in three steps that can each be cut off: the plan is written down, the files are
/// moved, the rows appear. A plan that was cut off is finished by the next process.
/// </summary>
internal sealed class JobPublisher(
    LibraryDatabase database,
    MediaStores stores,
    WorkFolders work,
    CrashPoints crashPoints,
    TimeProvider time)
{
    /// <summary>Publishes results and ends the job well.</summary>
    public async Task PublishAsync(Job job, IReadOnlyList<ProducedFile> files, CancellationToken cancellationToken)
    {
        using var step = JobTelemetry.Step("publish", job);
        // The result exists: it is not lost because somebody leaves, so nothing here is cut off but by a crash.
        List<(ProducedFile File, long Bytes, string Sha)> measured = [];
        foreach (var file in files)
        {
            measured.Add((file, new FileInfo(file.Path).Length, await ContentHash.OfFileAsync(file.Path, CancellationToken.None)));
        }
        var plan = database.Write(s =>
        {
            JobGate.Move(s, job, JobState.Fetching);
            PlannedOutput[] outputs = [.. measured.Select(m => Plan(s, job, m.File, m.Bytes, m.Sha))];
            s.Execute(
                "UPDATE jobs SET outputs = @outputs WHERE id = @id",
                ("@outputs", JsonSerializer.Serialize(outputs, PublishingJson.Default.PlannedOutputArray)),
                ("@id", job.Id));
            return outputs;
        });
        await crashPoints.ReachAsync("fetching", cancellationToken);
        await MoveAsync(plan);
        await crashPoints.ReachAsync("published", cancellationToken);
        Commit(job, plan);
    }

    /// <summary>Finishes what a dead process had planned; false if a file of it is gone.</summary>
    public async Task<bool> TryFinishAsync(Job job, CancellationToken cancellationToken)
    {
        var plan = Planned(database
            .Read(s => s.Query("SELECT outputs FROM jobs WHERE id = @id", r => r.TextOrNull("outputs"), ("@id", job.Id)))
            .FirstOrDefault());
        // Rows are only believed of places that are ours.
        if (plan.Length == 0
            || !plan.All(o => stores.Assets.Holds(o.File) && work.Holds(o.Temporary) && work.Holds(o.Subtitles ?? o.Temporary)))
        {
            return false;
        }
        List<PlannedOutput> left = [];
        foreach (var output in plan)
        {
            if (await stores.Assets.Sha256Async(output.File, cancellationToken) == output.Sha256)
            {
                continue;
            }
            if (!await IsWholeAsync(output, cancellationToken))
            {
                await DropAsync(plan);
                return false;
            }
            left.Add(output);
        }
        await MoveAsync(left);
        Commit(job, plan);
        return true;
    }

    /// <summary>Files that are planned to be published and lie where they were made.</summary>
    public IReadOnlySet<string> PlannedFiles() => database.Read(s => s.Query(
        $"SELECT outputs FROM jobs WHERE outputs IS NOT NULL AND {JobRows.Open}",
        r => r.TextOrNull("outputs")))
        .SelectMany(Planned).Select(o => o.Temporary).ToHashSet(StringComparer.Ordinal);

    // A plan that can't be read is none: the result is fetched or rendered again.
    private static PlannedOutput[] Planned(string? outputs)
    {
        try
        {
            return outputs is null ? [] : JsonSerializer.Deserialize(outputs, PublishingJson.Default.PlannedOutputArray) ?? [];
        }
        catch (JsonException)
        {
            return [];
        }
    }

    private PlannedOutput Plan(SqlSession session, Job job, ProducedFile file, long bytes, string sha)
    {
        var handle = AssetStore.NextHandle(session, file.Format.Kind);
        var row = new OutputRow(
            file.Format.MimeType,
            file.Size.Width,
            file.Size.Height,
            file.Duration.TotalMilliseconds,
            file.FramesPerSecond,
            file.HasAudio,
            file.Title,
            file.Operation,
            file.Parent?.ToString(),
            job.Model,
            file.Prompt,
            file.Seed,
            [.. file.Inputs],
            file.Master?.ToString(),
            file.Recipe,
            [.. file.Checks],
            file.CostUsd,
            file.Thread,
            file.HasAlpha,
            file.Colours is { } colours ? ColourShare.Write(colours) : null,
            file.Before?.ToString(),
            file.Tags.Write());
        return new PlannedOutput(
            handle.ToString(),
            MediaNames.NameFor(handle, file.Title, file.Format.Extension, time.GetUtcNow()),
            file.Path,
            bytes,
            sha,
            row,
            file.Subtitles);
    }

    // What is planned is finished, whoever was to wait for it.
    private async Task MoveAsync(IEnumerable<PlannedOutput> plan)
    {
        foreach (var output in plan)
        {
            // First what lies beside it: where the file is, all of it is.
            if (output.Subtitles is { } subtitles && File.Exists(subtitles))
            {
                await stores.Assets.PublishAsync(subtitles, MediaNames.SubtitlesOf(output.File), CancellationToken.None);
            }
            await stores.Assets.PublishAsync(output.Temporary, output.File, CancellationToken.None);
        }
    }

    private async Task DropAsync(IEnumerable<PlannedOutput> plan)
    {
        foreach (var output in plan)
        {
            await stores.Assets.DeleteAsync(output.File, CancellationToken.None);
            await stores.Assets.DeleteAsync(MediaNames.SubtitlesOf(output.File), CancellationToken.None);
        }
    }

    private void Commit(Job job, IReadOnlyList<PlannedOutput> plan) => database.Write(s =>
    {
        var now = time.GetUtcNow();
        JobGate.Move(s, job, JobState.Succeeded);
        foreach (var output in plan)
        {
            AssetStore.Insert(s, ToAsset(job, output, now));
        }
        var cost = plan.Sum(o => o.Row.CostUsd);
        s.Execute(
            "UPDATE jobs SET progress = 1, outputs = NULL, error_message = NULL, foremost = @foremost, warnings = @warnings, " +
                "cost_micros = @cost, attempts = @attempts, ended_at = @now WHERE id = @id",
            ("@foremost", JobRows.Serialize(job.Foremost)),
            ("@warnings", JobRows.Serialize(job.Warnings)),
            ("@cost", SqlRow.Micros(cost)),
            ("@attempts", JobRows.Serialize(JobRows.Closed(job, "succeeded", null))),
            ("@now", now.ToUnixTimeMilliseconds()),
            ("@id", job.Id));
        Ledger.Settle(s, job.Id, job.Attempt, cost, job.Provider, job.Model, now.ToUnixTimeMilliseconds());
        return true;
    });

    private static async Task<bool> IsWholeAsync(PlannedOutput output, CancellationToken cancellationToken) =>
        File.Exists(output.Temporary)
        && new FileInfo(output.Temporary).Length == output.Bytes
        && await ContentHash.OfFileAsync(output.Temporary, cancellationToken) == output.Sha256;

    private static Asset ToAsset(Job job, PlannedOutput output, DateTimeOffset now)
    {
        var row = output.Row;
        return new Asset
        {
            Handle = Handle(output.Handle)!.Value,
            File = output.File,
            Format = MediaFormat.OfMimeType(row.MimeType),
            Size = new PixelSize(row.Width, row.Height),
            Duration = TimeSpan.FromMilliseconds(row.DurationMs),
            FramesPerSecond = row.Fps,
            HasAudio = row.HasAudio,
            Bytes = output.Bytes,
            Sha256 = output.Sha256,
            Title = row.Title,
            Operation = row.Operation,
            Parent = Handle(row.Parent),
            Before = Handle(row.Before),
            Model = row.Model,
            Prompt = row.Prompt,
            Seed = row.Seed,
            Inputs = row.Inputs,
            Master = Handle(row.Master),
            Recipe = row.Recipe,
            Checks = row.Checks,
            CostUsd = row.CostUsd,
            Job = job.Id,
            Thread = row.Thread,
            HasAlpha = row.HasAlpha,
            Colours = ColourShare.Read(row.Colours),
            Tags = ColourTags.Read(row.Tags),
            Owner = job.Owner,
            CreatedAt = now,
        };
    }

    private static AssetHandle? Handle(string? text) => AssetHandle.TryParse(text, out var handle) ? handle : null;
}
