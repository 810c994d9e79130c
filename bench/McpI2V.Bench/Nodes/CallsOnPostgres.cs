using McpI2V.Servers;

namespace McpI2V.Bench.Nodes;

/// <summary>The same calls of one client on a library in a file and on one at a PostgreSQL server of this machine.</summary>
internal static class CallsOnPostgres
{
    private const int Rounds = 100;

    public static Task RunAsync(string root)
    {
        using var server = new PostgresServer();
        var home = Directory.CreateTempSubdirectory("i2v-bench-").FullName;
        var roots = ("I2V__Inputs__Roots", Path.Combine(root, "samples"));
        using var embedded = Rpc.Start(Path.Combine(root, ".build", "program", "mcp-i2v"), "serve", ("I2V_HOME", home), roots);
        embedded.Initialize();
        using var cluster = Cluster.Start(root, 1, server.NewLibrary());
        Rpc[] both = [embedded, cluster.Nodes[0]];
        var image = Path.Combine(root, "samples", "bottle.jpg");
        foreach (var (name, call) in new (string, Action<Rpc, int>)[]
        {
            ("a still is taken in and saved", (rpc, i) => rpc.Call(
                "save_element",
                new { name = $"bottle {i}", images = new[] { image }, description = "a bottle" })),
            ("check_job", (rpc, _) => rpc.Call("check_job", new { id = "job-1" })),
            ("find_assets", (rpc, i) => rpc.Call("find_assets", new { limit = 1 + (i % 20) })),
            ("an asset is renamed", (rpc, i) => rpc.Call(
                "organize_assets",
                new { items = new[] { "still-1" }, action = "rename", value = $"bottle {i}" })),
        })
        {
            foreach (var rpc in both)
            {
                rpc.Call("generate_still", new { prompt = "bench", from = new[] { image }, aspect_ratio = "9:16", size = "720p" });
                call(rpc, 0);
            }
            // By turns, so that what else the machine does meets both.
            var times = Enumerable.Range(1, Rounds)
                .Select(i => both.Select(rpc => Sample.Milliseconds(() => call(rpc, i))).ToList())
                .ToList();
            var (file, far) = (Sample.Median(times.Select(t => t[0])), Sample.Median(times.Select(t => t[1])));
            Sample.Say($"{name}, medians of {Rounds} over stdio: in a file {Sample.Number(file)} ms, on PostgreSQL " +
                $"{Sample.Number(far)} ms, ratio {Sample.Number(far / file)}");
        }
        embedded.Dispose();
        Directory.Delete(home, recursive: true);
        return Task.CompletedTask;
    }
}
