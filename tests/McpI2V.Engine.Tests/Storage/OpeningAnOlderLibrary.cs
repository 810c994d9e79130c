using McpI2V.Engine.Generation;
using McpI2V.Engine.Jobs;
using McpI2V.Engine.Jobs.Lanes;
using McpI2V.Engine.Jobs.States;
using McpI2V.Engine.Library;
using McpI2V.Engine.Spending;
using McpI2V.Engine.Storage.Sql;
using McpI2V.Engine.Storage.Sqlite;
using McpI2V.Media;
using McpI2V.Media.Camera;
using McpI2V.Media.Formats;
using Microsoft.Data.Sqlite;

namespace McpI2V.Engine.Tests.Storage;

public sealed class OpeningAnOlderLibrary
{
    [Fact]
    public void A_job_of_the_first_version_goes_on_with_its_request()
    {
        var options = new LibraryOptions { Home = Directory.CreateTempSubdirectory("i2v-older-").FullName };
        First(options);

        var jobs = new JobStore(new LibraryDatabase(new SqliteSource(options)), TimeProvider.System);

        var request = Assert.IsType<AnimateRequest>(GenerationRequest.FromJson(jobs.Get(7).Request));
        Assert.Equal(("still-1", CameraMove.PushIn, 5), (request.Image, request.Move, request.DurationSeconds));
        Assert.Equal("{\"prompt\":", jobs.Get(8).Request);
        SqliteConnection.ClearAllPools();
        Directory.Delete(options.Home, recursive: true);
    }

    [Fact]
    public void Jobs_and_money_of_the_first_version_are_kept()
    {
        var options = new LibraryOptions { Home = Directory.CreateTempSubdirectory("i2v-older-").FullName };
        First(options);

        var database = new LibraryDatabase(new SqliteSource(options));
        var job = new JobStore(database, TimeProvider.System).Get(7);

        Assert.Equal((JobState.Succeeded, 1, 0), (job.State, job.Attempt, job.Route.Count));
        var line = Assert.Single(database.Read(Ledger.Lines));
        Assert.Equal(("2026-11-01", "vendor", 0.25m, 0m), (line.Day, line.Provider, line.SpentUsd, line.ReservedUsd));
        Assert.Equal("ok", database.CheckIntegrity());
        SqliteConnection.ClearAllPools();
        Directory.Delete(options.Home, recursive: true);
    }

    [Fact]
    public void Jobs_of_the_version_before_go_on_in_every_state()
    {
        var options = new LibraryOptions { Home = Directory.CreateTempSubdirectory("i2v-older-").FullName };
        Before(options);
        var database = new LibraryDatabase(new SqliteSource(options));
        var (jobs, terms) = (new JobStore(database, TimeProvider.System), new TermStore(database));
        var term = terms.Begin("vendor", "vendor");

        var held = terms.Adopt("vendor", term);

        Assert.Equal([.. Enum.GetValues<JobState>()], Enum.GetValues<JobState>().Select((_, i) => jobs.Get(i + 1).State));
        Assert.Equal([JobState.Submitting, JobState.Running, JobState.Fetching], held.Select(j => j.State).Order());
        Assert.Equal(JobState.Submitting, jobs.TakeNext(term, "vendor", 1)!.State);
        Assert.Equal(JobState.Canceled, jobs.RequestCancel(1 + (int)JobState.Unconfirmed).State);
        jobs.End(held.Single(j => j.State == JobState.Running), JobState.Failed, ErrorCode.ProviderFailed, "it failed");
        SqliteConnection.ClearAllPools();
        Directory.Delete(options.Home, recursive: true);
    }

    [Fact]
    public void What_was_seen_before_a_clip_is_known_also_of_clips_that_were_made_then()
    {
        var options = new LibraryOptions { Home = Directory.CreateTempSubdirectory("i2v-older-").FullName };
        // clip-3 is what a model made of clip-1; clip-4 is that with the recipe of clip-2, which the model was not given.
        (string Handle, string Parent, string Operation, int Job)[] clips =
        [
            ("clip-1", "still-1", "animate", 1),
            ("clip-2", "clip-1", "edit", 2),
            ("clip-3", "clip-1", "edit", 3),
            ("clip-4", "clip-3", "edit", 4),
        ];
        Fill(options, 6, $"""
            INSERT INTO jobs (id, tool, title, kind, request, provider, model, priority, state, progress, estimated_micros, cost_micros, attempts, warnings, cancel_requested, term, created_at, after)
            VALUES {string.Join(", ", clips.Select(c => $"({c.Job}, 'edit_clip', 'a clip', 'recipe', '{"{}"}', 'local', 'local:camera', 0, 'succeeded', 1, 0, 0, '[]', '[]', 0, 1, 0, {(c.Job == 4 ? "3" : "NULL")})"))};
            INSERT INTO assets (handle, kind, number, file, mime_type, width, height, orientation, has_alpha, duration_ms, fps, has_audio, bytes, sha256, title, parent, operation, inputs, recipe, checks, cost_micros, job, created_at)
            VALUES {string.Join(", ", clips.Select(c => $"('{c.Handle}', 'clip', {c.Job}, '{c.Handle}.mp4', 'video/mp4', 90, 160, 1, 0, 1000, 30, 0, 1, '{c.Handle}', 'a clip', '{c.Parent}', '{c.Operation}', '[]', '[]', '[]', 0, {c.Job}, 0)"))};
            """);

        var assets = new AssetStore(new LibraryDatabase(new SqliteSource(options)));

        Assert.Equal(
            ["", "clip-1", "clip-1", "clip-1"],
            clips.Select(c => assets.Get(new AssetHandle(MediaKind.Clip, c.Job)).Before?.ToString() ?? ""));
        SqliteConnection.ClearAllPools();
        Directory.Delete(options.Home, recursive: true);
    }

    // A library as schema 6 left it, with a paid job in each state.
    private static void Before(LibraryOptions options)
    {
        var rows = Enum.GetValues<JobState>().Select((state, i) =>
            $"""({i + 1}, 'animate_image', 'a clip', 'animate', '{"{}"}', 'vendor', 'vendor:model', 0, '{SnakeCase.From(state)}', 0, 300000, 0, '[]', '[]', 0, 4, 0, 'vendor')""");
        var reserved = Enum.GetValues<JobState>().Select((_, i) =>
            $"({i + 1}, 1, 'reserve', 300000, 'vendor', 'vendor:model', '2026-11-01', 0)");
        Fill(options, 6, $"""
            INSERT INTO runners (lane, term) VALUES ('vendor', 4);
            INSERT INTO jobs (id, tool, title, kind, request, provider, model, priority, state, progress, estimated_micros, cost_micros, attempts, warnings, cancel_requested, term, created_at, lane)
            VALUES {string.Join(", ", rows)};
            INSERT INTO ledger (job, attempt, entry, amount_micros, provider, model, day, created_at) VALUES {string.Join(", ", reserved)};
            """);
    }

    private static void Fill(LibraryOptions options, int version, string rows)
    {
        SqliteNative.Load();
        using var connection = new SqliteConnection($"Data Source={options.Database};Pooling=false");
        connection.Open();
        var scripts = Enumerable.Range(1, version).Select(v => LibrarySchema.Script("schema", v));
        foreach (var sql in scripts.Append(rows).Append($"PRAGMA user_version = {version};"))
        {
            using var command = connection.CreateCommand();
            command.CommandText = sql;
            command.ExecuteNonQuery();
        }
    }

    private static void First(LibraryOptions options) =>
        Fill(options, 1, """
            INSERT INTO jobs (id, tool, title, kind, request, provider, model, priority, state, progress, estimated_micros, cost_micros, attempts, warnings, cancel_requested, term, created_at)
            VALUES (7, 'animate_image', 'a clip', 'animate', '{"image":"still-1","prompt":"","move":"push_in","duration_seconds":5,"width":720,"height":1280}', 'vendor', 'vendor:model', 0, 'succeeded', 1, 300000, 250000, '[]', '[]', 0, 1, 0),
                (8, 'generate_still', 'damaged', 'still', '{"prompt":', 'vendor', 'vendor:model', 0, 'failed', 0, 0, 0, '[]', '[]', 0, 1, 0);
            INSERT INTO ledger (job, entry, amount_micros, provider, model, day, created_at) VALUES (7, 'reserve', 300000, 'vendor', 'vendor:model', '2026-11-01', 0), (7, 'settle', 250000, 'vendor', 'vendor:model', '2026-11-01', 0);
            """);
}
