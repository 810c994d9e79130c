using System.Text.Json.Nodes;
using McpI2V.Engine.Jobs;
using McpI2V.Engine.Jobs.Lanes;
using McpI2V.Engine.Jobs.Publishing;
using McpI2V.Engine.Jobs.States;
using McpI2V.Engine.Library;
using McpI2V.Engine.Spending;
using McpI2V.Engine.Storage.LocalFiles;
using McpI2V.Media.Formats;

namespace McpI2V.Engine.Tests.Jobs.Publishing;

/// <summary>Results come into the library whole, once, wherever the process that brings them is cut off.</summary>
public sealed class PublishingResults : IDisposable
{
    private static readonly CancellationToken AtOnce = new(canceled: true);
    private readonly TestStudio studio = new();
    private readonly Job job;
    private readonly WorkFolder made;

    public PublishingResults()
    {
        studio.Test.Queue.Submit(TestDatabase.Paid(1), new(null, null), fresh: false);
        job = studio.Test.Jobs.TakeNext(studio.Test.Terms.Begin("vendor", "vendor"), "vendor", 1)!;
        studio.Test.Jobs.Move(job, JobState.Running);
        made = studio.Folders.Create();
    }

    private IReadOnlyList<Asset> Assets => studio.Library.Assets.OfJob(job.Id);

    private string[] MediaFiles => Directory.Exists(studio.Test.Options.Media)
        ? Directory.GetFiles(studio.Test.Options.Media, "*", SearchOption.AllDirectories)
        : [];

    public void Dispose()
    {
        made.Dispose();
        studio.Dispose();
    }

    [Fact]
    public async Task They_are_moved_get_their_rows_and_end_the_job_and_its_reservation()
    {
        await Publisher().PublishAsync(job, [Made("one", 0.25m), Made("two", 0.5m)], CancellationToken.None);

        Assert.Equal(["still-1", "still-2"], Assets.Select(a => a.Handle.ToString()));
        Assert.Equal(["one", "two"], Assets.Select(a => File.ReadAllText(studio.Library.PathOf(a))));
        foreach (var asset in Assets)
        {
            Assert.Equal(asset.Sha256, await studio.Media.Assets.Sha256Async(asset.File, CancellationToken.None));
        }
        Assert.Empty(Directory.GetFiles(made.Path));
        var ended = studio.Test.Jobs.Get(job.Id);
        Assert.Equal((JobState.Succeeded, 1.0, 0.75m), (ended.State, ended.Progress, ended.CostUsd));
        var line = Assert.Single(studio.Test.Database.Read(Ledger.Lines));
        Assert.Equal((0.75m, 0m), (line.SpentUsd, line.ReservedUsd));
        Assert.Empty(Publisher().PlannedFiles());
    }

    [Fact]
    public async Task What_stands_first_in_the_answer_is_kept_from_the_asking_on_and_added_to_by_the_result()
    {
        var (id, _) = studio.Test.Queue.Submit(
            TestDatabase.Paid(1, seed: 2) with { Foremost = ["Not acted on: \"steam\"."] },
            new(null, null),
            fresh: false);
        var asked = studio.Test.Jobs.TakeNext(job.Term, "vendor", 2)!;
        studio.Test.Jobs.Move(asked, JobState.Running);

        await Publisher().PublishAsync(
            asked with { Foremost = [.. asked.Foremost, "It lasts 1.7 s, not 5."] },
            [Made("one", 1)],
            CancellationToken.None);

        Assert.Equal(["Not acted on: \"steam\".", "It lasts 1.7 s, not 5."], studio.Test.Jobs.Get(id).Foremost);
    }

    [Theory]
    [InlineData("fetching")]
    [InlineData("published")]
    public async Task What_was_cut_off_is_finished_by_the_next_process_and_only_once(string moment)
    {
        await CutOffAsync(moment, Made("one"), Made("two"));
        Assert.Empty(Assets);

        Assert.True(await FinishedAsync());

        Assert.Equal(["one", "two"], Assets.Select(a => File.ReadAllText(studio.Library.PathOf(a))));
        Assert.Equal(JobState.Succeeded, studio.Test.Jobs.Get(job.Id).State);
        Assert.False(await FinishedAsync(), "there is nothing left to finish");
        Assert.Equal(2, Assets.Count);
    }

    [Fact]
    public async Task What_is_planned_is_known_so_that_no_sweep_takes_it()
    {
        var file = Made("one");
        await CutOffAsync("fetching", file);

        Assert.Equal([file.Path], Publisher().PlannedFiles());
    }

    [Theory]
    [InlineData(null)]
    [InlineData("tw")]
    [InlineData("twx")]
    public async Task A_plan_whose_file_is_gone_or_not_whole_puts_nothing_into_the_library(string? left)
    {
        var (one, two) = (Made("one"), Made("two"));
        await CutOffAsync("published", one, two);
        var place = MediaFiles.Single(f => File.ReadAllText(f) == "two");
        if (left is null)
        {
            File.Delete(place);
        }
        else
        {
            await File.WriteAllTextAsync(place, left);
        }

        Assert.False(await FinishedAsync());

        Assert.Empty(Assets);
        Assert.Empty(MediaFiles);
        Assert.Equal(JobState.Fetching, studio.Test.Jobs.Get(job.Id).State);
    }

    [Theory]
    [InlineData("file", "../outside.txt")]
    [InlineData("temporary", "/etc/hostname")]
    public async Task A_plan_that_leads_out_of_the_library_is_not_believed(string member, string path)
    {
        await CutOffAsync("fetching", Made("one"));
        var outside = Path.Combine(studio.Test.Options.Home, "outside.txt");
        await File.WriteAllTextAsync(outside, "kept");
        Damage(outputs =>
        {
            var plan = JsonNode.Parse(outputs)!;
            Assert.NotNull(plan[0]![member]);
            plan[0]![member] = path;
            return plan.ToJsonString();
        });

        Assert.False(await FinishedAsync());

        Assert.Empty(Assets);
        Assert.Equal("kept", await File.ReadAllTextAsync(outside));
    }

    [Fact]
    public async Task A_plan_that_can_not_be_read_is_none()
    {
        await CutOffAsync("fetching", Made("one"));
        Damage(_ => "{");

        Assert.False(await FinishedAsync());
        Assert.Empty(Publisher().PlannedFiles());
    }

    [Fact]
    public async Task A_process_whose_term_is_over_publishes_nothing()
    {
        studio.Test.Terms.Begin("vendor", "vendor");

        await Assert.ThrowsAsync<StaleTermException>(() => Publisher().PublishAsync(job, [Made("one")], CancellationToken.None));

        Assert.Empty(Assets);
        Assert.Empty(MediaFiles);
        Assert.Equal(JobState.Running, studio.Test.Jobs.Get(job.Id).State);
    }

    private Task<bool> FinishedAsync() => Publisher().TryFinishAsync(studio.Test.Jobs.Get(job.Id), CancellationToken.None);

    private async Task CutOffAsync(string moment, params ProducedFile[] files) =>
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Publisher(moment).PublishAsync(job, files, AtOnce));

    private void Damage(Func<string, string> how) => studio.Test.Database.Write(s => s.Execute(
        "UPDATE jobs SET outputs = @outputs WHERE id = @id",
        ("@outputs", how(s.Query("SELECT outputs FROM jobs WHERE id = @id", r => r.Text("outputs"), ("@id", job.Id))[0])),
        ("@id", job.Id)));

    private JobPublisher Publisher(string? pauseAt = null) => new(
        studio.Test.Database,
        studio.Media,
        studio.Folders,
        new CrashPoints(new RunnerOptions { PauseAt = pauseAt }, studio.Test.Options, TimeProvider.System),
        studio.Time);

    private ProducedFile Made(string content, decimal usd = 0)
    {
        var path = Path.Combine(made.Path, content);
        File.WriteAllText(path, content);
        return new ProducedFile
        {
            Path = path,
            Format = MediaFormat.Png,
            Size = new(64, 64),
            Title = content,
            Operation = "generate",
            CostUsd = usd,
        };
    }
}
