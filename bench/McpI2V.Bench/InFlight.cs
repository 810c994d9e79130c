using McpI2V.Engine;
using McpI2V.Engine.Jobs.Remote.Pacing;
using McpI2V.Engine.Providers;
using McpI2V.Engine.Storage.Sql;
using McpI2V.Engine.Storage.Sqlite;
using Microsoft.Data.Sqlite;

namespace McpI2V.Bench;

/// <summary>
/// Ten thousand jobs at a vendor, looked after by one server: its memory, and how late its looks are against what was due.
/// </summary>
internal static class InFlight
{
    private const int Jobs = 10_000;
    private const double PollSeconds = 20;
    private static readonly TimeSpan Watch = TimeSpan.FromSeconds(100);

    public static async Task RunAsync(string root)
    {
        using var simulators = Simulators.Start(root, jobSeconds: 1000, places: 20_000);
        var home = Directory.CreateTempSubdirectory("i2v-bench-").FullName;
        simulators.Post($"/_sim/seed/fal?count={Jobs}&prefix=seed-");
        var database = new LibraryDatabase(new SqliteSource(new LibraryOptions { Home = home }));
        var accepted = Seed(database, Jobs);
        SqliteConnection.ClearAllPools();
        using var rpc = Rpc.Start(
            Path.Combine(root, ".build", "program", "mcp-i2v"),
            "serve",
            simulators.Fal(home, root, PollSeconds, 20_000));
        rpc.Initialize();
        rpc.Call("check_job", new { id = "job-1", wait_seconds = 0 });
        var started = DateTimeOffset.UtcNow;
        var largest = 0L;
        while (DateTimeOffset.UtcNow - started < Watch)
        {
            await Task.Delay(1000);
            largest = Math.Max(largest, Sample.ResidentKilobytes(rpc.ProcessId));
        }
        var (seen, late) = Looks(simulators, accepted, PollSeconds);
        Sample.Say($"{seen.Count(l => l.Count > 0)} of {Jobs} jobs looked after, {seen.Sum(l => l.Count)} " +
            $"looks: {Sample.Number(largest / 1024.0, "0")} MB resident (under 300: {Sample.Number(largest / 1024.0 / 300)} times), " +
            $"looks late by {Sample.Number(Sample.Median(late), "0.000")} s " +
            $"(median), {Sample.Number(late[late.Count * 99 / 100], "0.000")} s (99 of 100; under 1), " +
            $"earliest {Sample.Number(late[0], "0.000")} s");
        rpc.Dispose();
        Directory.Delete(home, recursive: true);
    }

    /// <summary>When each job was looked at, and by how many seconds each look was later than due, the earliest first.</summary>
    public static (IReadOnlyList<IReadOnlyList<long>> Seen, IReadOnlyList<double> Late) Looks(
        Simulators simulators,
        long accepted,
        double pollSeconds)
    {
        var looks = simulators
            .Get("/_sim/looks/fal")
            .AsObject()
            .Select(t => t.Value!.AsArray().Select(l => l!.GetValue<long>()).ToList())
            .ToList();
        var limits = new ProviderLimits
        {
            PollEvery = TimeSpan.FromSeconds(pollSeconds),
            PollAtMost = TimeSpan.FromSeconds(pollSeconds * 10),
        };
        var late = looks.SelectMany(times => times.Zip(times.Skip(1), (before, look) =>
            ((look - before) / 1000.0) - PollSchedule.Next(TimeSpan.FromMilliseconds(before - accepted), null, limits).TotalSeconds));
        return (looks, [.. late.Order()]);
    }

    /// <summary>Makes jobs as a dead server left them: taken by the vendor, and not over. When, in ms since 1970.</summary>
    public static long Seed(LibraryDatabase database, int jobs)
    {
        var now = DateTimeOffset.UtcNow.ToUnixTimeMilliseconds();
        const string Request =
            """{"type":"animate","image":"still-1","prompt":"push in","move":"push_in","duration_seconds":5,"width":720,"height":1280}""";
        database.Write(s => s.Execute(
            """
            INSERT INTO assets (handle, kind, number, file, mime_type, width, height, orientation, has_alpha, duration_ms, fps, has_audio, bytes, sha256, title, operation, inputs, recipe, checks, cost_micros, created_at)
            VALUES ('still-1', 'still', 1, 'still-1.jpg', 'image/jpeg', 720, 1280, 1, 0, 0, 0, 0, 1, 'x', 'a still', 'import', '[]', '[]', '[]', 0, @now);
            """,
            ("@now", now)));
        database.Write(s => s.Execute(
            """
            WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < @jobs - 1)
            INSERT INTO jobs (tool, title, kind, request, provider, lane, model, priority, state, progress, estimated_micros, cost_micros, attempts, warnings, cancel_requested, term, created_at, attempt_key, sent_at, accepted_at, remote)
            SELECT 'animate_image', 'seeded', 'animate', @request, 'fal', 'fal', 'fal:fal-ai/kling-video/v3/standard/image-to-video', 1, 'running', 0, 420000, 0, '[{"provider":"fal","model":"m","outcome":"started"}]', '[]', 0, 0, @now, 'seed-' || i, @now, @now,
                   '{"id":"seed-' || i || '","path":"fal-ai/kling-video/requests/seed-' || i || '"}' FROM n
            """,
            ("@jobs", jobs),
            ("@request", Request),
            ("@now", now)));
        return now;
    }
}
