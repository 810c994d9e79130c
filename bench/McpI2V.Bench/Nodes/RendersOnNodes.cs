using McpI2V.Servers;

namespace McpI2V.Bench.Nodes;

/// <summary>A batch of 24 renders on one, two and three nodes that render one at a time each, on one machine.</summary>
internal static class RendersOnNodes
{
    private const int Renders = 24;

    public static Task RunAsync(string root)
    {
        using var server = new PostgresServer();
        // Files are on the machine of each node otherwise.
        using var store = new S3Server();
        var minutes = new[] { 1, 2, 3 }.Select(n => Renders / (Seconds(root, server, store, n) / 60)).ToList();
        Sample.Say($"{Renders} renders of 3 s at 720p on nodes of one place each, on {Environment.ProcessorCount} processors: " +
            string.Join(", ", minutes.Select((m, i) => $"{Sample.Number(m, "0.0")} a minute on {i + 1}")) +
            $"; against one node {Sample.Number(minutes[1] / minutes[0])} times on two and " +
            $"{Sample.Number(minutes[2] / minutes[0])} on three");
        return Task.CompletedTask;
    }

    private static double Seconds(string root, PostgresServer server, S3Server store, int count)
    {
        using var cluster = Cluster.Start(
            root,
            count,
            server.NewLibrary(),
            [("I2V__Jobs__MaxRenders", "1"), .. store.NewLibrary().Select(s => ($"I2V__Storage__S3__{s.Key}", s.Value))]);
        foreach (var node in cluster.Nodes)
        {
            // Each has opened the library and runs its lanes.
            node.Call("find_assets", new { limit = 1 });
        }
        return Sample.Milliseconds(() =>
        {
            var batch = cluster.Nodes[0].Call("batch_variants", new
            {
                name = "bench",
                images = new[] { Path.Combine(root, "samples", "bottle.jpg") },
                cameras = new[] { "push_in", "pull_out", "truck_left", "truck_right", "pedestal_up", "pedestal_down" },
                aspect_ratios = new[] { "9:16", "4:5", "1:1", "16:9" },
                duration_seconds = 3,
                resolution = "720p",
                wait_seconds = 300,
            });
            if (batch["structuredContent"]?["batch"]?["counts"]?["succeeded"]?.GetValue<int>() != Renders)
            {
                throw new InvalidOperationException(batch.ToJsonString());
            }
        }) / 1000;
    }
}
