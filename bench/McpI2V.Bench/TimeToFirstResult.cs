using Microsoft.Data.Sqlite;

namespace McpI2V.Bench;

/// <summary>How long after the vendor was done a clip is in the library, against one poll interval and a second.</summary>
internal static class TimeToFirstResult
{
    private const double PollSeconds = 1;

    public static Task RunAsync(string root)
    {
        using var simulators = Simulators.Start(root, jobSeconds: 7.3, places: 1000);
        var home = Directory.CreateTempSubdirectory("i2v-bench-").FullName;
        using var rpc = Rpc.Start(Path.Combine(root, ".build", "program", "mcp-i2v"), "serve", simulators.Fal(home, root, PollSeconds, 4));
        rpc.Initialize();
        rpc.Call(
            "batch_variants",
            new { name = "bench", images = new[] { Path.Combine(root, "samples", "bottle.jpg") }, prompts = Enumerable.Range(0, 20)
                .Select(i => $"push in {i}")
                .ToArray(), models = new[] { "kling-3" }, wait_seconds = 300 });
        var done = simulators
            .Get("/_sim/tasks")
            .AsArray()
            .ToDictionary(t => t!["id"]!.GetValue<string>(), t => t!["doneAt"]!.GetValue<DateTimeOffset>().ToUnixTimeMilliseconds());
        List<double> late = [];
        using (var connection = new SqliteConnection($"Data Source={Path.Combine(home, "library.db")};Pooling=false"))
        {
            connection.Open();
            using var command = connection.CreateCommand();
            command.CommandText = "SELECT json_extract(remote, '$.id'), ended_at FROM jobs WHERE state = 'succeeded'";
            using var reader = command.ExecuteReader();
            while (reader.Read())
            {
                late.Add((reader.GetInt64(1) - done[reader.GetString(0)]) / 1000.0);
            }
        }
        Sample.Say($"{late.Count} clips in the library {Sample.Number(Sample.Median(late))} s (median), {Sample.Number(late.Max())} s " +
            $"(latest) after the vendor was done; {Sample.Number(late.Max() / (PollSeconds + 1))} times one poll interval and a second " +
            "(at most 1)");
        rpc.Dispose();
        Directory.Delete(home, recursive: true);
        return Task.CompletedTask;
    }
}
