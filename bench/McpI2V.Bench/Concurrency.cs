using Microsoft.Data.Sqlite;

namespace McpI2V.Bench;

/// <summary>
/// A hundred paid jobs at a vendor with ten places, against the time that ten places need at the least. Time is scaled: 8 s stand for 20, a
/// look every 0.4 s for one every second.
/// </summary>
internal static class Concurrency
{
    private const int Jobs = 100;
    private const int AtOnce = 10;
    private const double JobSeconds = 8;
    private const double PollSeconds = 0.4;

    public static Task RunAsync(string root)
    {
        using var simulators = Simulators.Start(root, JobSeconds, AtOnce);
        var home = Directory.CreateTempSubdirectory("i2v-bench-").FullName;
        using var rpc = Rpc.Start(
            Path.Combine(root, ".build", "program", "mcp-i2v"),
            "serve",
            simulators.Fal(home, root, PollSeconds, AtOnce));
        rpc.Initialize();
        // One before, so that the picture is uploaded and the vendor's usual time is not the first thing to learn.
        rpc.Call(
            "animate_image",
            new { image = Path.Combine(root, "samples", "bottle.jpg"), prompt = "first", model = "kling-3", wait_seconds = 60 });
        var batch = rpc.Call(
            "batch_variants",
            new { name = "bench", images = new[] { Path.Combine(root, "samples", "bottle.jpg") }, prompts = Enumerable.Range(0, 20)
                .Select(i => $"push in {i}")
                .ToArray(), takes = 5, models = new[] { "kling-3" }, wait_seconds = 300 });
        var counts = batch["structuredContent"]!["batch"]!["counts"]!;
        if (counts["succeeded"]!.GetValue<int>() != Jobs)
        {
            throw new InvalidOperationException(counts.ToJsonString());
        }
        var seen = simulators.Get("/_sim/seen");
        var tasks = simulators
            .Get("/_sim/tasks")
            .AsArray()
            .Select(t => (Start: t!["submittedAt"]!.GetValue<DateTimeOffset>(), Done: t["doneAt"]!.GetValue<DateTimeOffset>()))
            .OrderBy(t => t.Start)
            .Skip(1)
            .ToList();
        var atVendor = (tasks.Max(t => t.Done) - tasks.Min(t => t.Start)).TotalSeconds;
        var seconds = Lasted(home);
        var ideal = Jobs / AtOnce * JobSeconds;
        Sample.Say($"{Jobs} jobs of {JobSeconds} s at {AtOnce} places: {Sample.Number(seconds, "0.0")} s until the last clip was in the " +
            $"library, {Sample.Number(atVendor, "0.0")} s at the vendor, {ideal} s at the " +
            $"least: {Sample.Number(atVendor / ideal, "0.000")} and {Sample.Number(seconds / ideal, "0.000")} times (at most 1.05); " +
            $"most at once {seen["mostInFlight"]!["fal"]} (at most {AtOnce}), shortest time between two " +
            $"looks {Sample.Number(seen["shortestLookSeconds"]!["fal"]!.GetValue<double>(), "0.000")} s (at least {PollSeconds})");
        rpc.Dispose();
        Directory.Delete(home, recursive: true);
        return Task.CompletedTask;
    }

    private static double Lasted(string home)
    {
        using var connection = new SqliteConnection($"Data Source={Path.Combine(home, "library.db")};Pooling=false");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT (MAX(ended_at) - MIN(created_at)) / 1000.0 FROM jobs WHERE batch IS NOT NULL";
        return (double)command.ExecuteScalar()!;
    }
}
