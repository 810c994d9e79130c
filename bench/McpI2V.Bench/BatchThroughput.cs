namespace McpI2V.Bench;

/// <summary>A batch of 24 renders, against the same 24 one at a time.</summary>
internal static class BatchThroughput
{
    public static Task RunAsync(string root)
    {
        var program = Path.Combine(root, ".build", "program", "mcp-i2v");
        var (together, cpuTogether) = Run(program, root, lanes: new McpI2V.Engine.Jobs.RunnerOptions().MaxRenders);
        var (single, cpuSingle) = Run(program, root, lanes: 1);
        Sample.Say($"24 renders: together {Sample.Number(together, "0.0")} s with {Sample.Number(cpuTogether)} processors busy, one at " +
            $"a time {Sample.Number(single, "0.0")} s with {Sample.Number(cpuSingle)} busy; " +
            $"throughput {Sample.Number(single / together)} times (at least 1.7, or bound by the " +
            $"processors: {Sample.Number(cpuTogether * together, "0")} processor seconds " +
            $"together, {Sample.Number(cpuSingle * single, "0")} one at a time, so at " +
            $"most {Sample.Number(single * Environment.ProcessorCount / (cpuSingle * single))} times)");
        return Task.CompletedTask;
    }

    private static (double Seconds, double Busy) Run(string program, string root, int lanes)
    {
        var home = Directory.CreateTempSubdirectory("i2v-bench-").FullName;
        using var rpc = Rpc.Start(
            program,
            "serve",
            ("I2V_HOME", home),
            ("I2V__Inputs__Roots", Path.Combine(root, "samples")),
            ("I2V__Jobs__MaxRenders", $"{lanes}"));
        rpc.Initialize();
        string[] moves = ["push_in", "pull_out", "truck_left", "truck_right", "pedestal_up", "pedestal_down"];
        var before = BusyTicks();
        var elapsed = Sample.Milliseconds(() =>
        {
            var batch = rpc.Call(
                "batch_variants",
                new
                {
                    name = "bench",
                    images = new[] { Path.Combine(root, "samples", "bottle.jpg") },
                    cameras = moves,
                    aspect_ratios = new[] { "9:16", "4:5", "1:1", "16:9" },
                    duration_seconds = 3,
                    resolution = "720p",
                    wait_seconds = 300,
                });
            var done = batch["structuredContent"]!["batch"]!["counts"]!["succeeded"]!.GetValue<int>();
            if (done != 24)
            {
                throw new InvalidOperationException(batch.ToJsonString());
            }
        }) / 1000;
        var busy = (BusyTicks() - before) / 100.0 / elapsed;
        rpc.Dispose();
        Directory.Delete(home, recursive: true);
        return (elapsed, busy);
    }

    // All processors' time other than idle and waiting, in hundredths of a second (proc(5), /proc/stat).
    private static long BusyTicks()
    {
        if (!File.Exists("/proc/stat"))
        {
            return 0;
        }
        var fields = File.ReadLines("/proc/stat")
            .First()
            .Split(' ', StringSplitOptions.RemoveEmptyEntries)
            .Skip(1)
            .Select(long.Parse)
            .ToList();
        return fields.Sum() - fields[3] - fields[4];
    }
}
