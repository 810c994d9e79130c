namespace McpI2V.Bench;

/// <summary>
/// Spawn to tools/list, against a bare Node SDK stdio server with as many tools: the program as ./i2v builds it first, and the composite
/// that ./i2v install has built (./i2v build-composite), where it is there.
/// </summary>
internal static class Startup
{
    private const int Rounds = 15;

    public static Task RunAsync(string root)
    {
        var home = Directory.CreateTempSubdirectory("i2v-bench-").FullName;
        List<(string Name, string Program, string Arguments, string Bound, List<double> Milliseconds)> all =
        [
            ("bare Node SDK server", Sample.Node(root), $"\"{Path.Combine(root, "tests", "node", "bare-server.mjs")}\"", "", []),
            ("mcp-i2v", Path.Combine(root, ".build", "program", "mcp-i2v"), "serve", " (at most 1.05)", []),
            ("its composite", Path.Combine(root, ".build", "composite", "mcp-i2v"), "serve", " (at most 0.7, aim 0.6)", []),
        ];
        all.RemoveAll(one => Path.IsPathRooted(one.Program) && !File.Exists(one.Program));
        for (var i = 0; i <= Rounds; i++)
        {
            foreach (var one in all)
            {
                var elapsed = Once(one.Program, one.Arguments, home);
                if (i > 0)
                {
                    one.Milliseconds.Add(elapsed);
                }
            }
        }
        Directory.Delete(home, recursive: true);
        var node = Sample.Median(all[0].Milliseconds);
        foreach (var one in all)
        {
            var median = Sample.Median(one.Milliseconds);
            Sample.Say($"spawn to tools/list, medians of {Rounds}: {one.Name} {Sample.Number(median, "0")} ms, " +
                $"ratio {Sample.Number(median / node)}{one.Bound}");
        }
        return Task.CompletedTask;
    }

    private static double Once(string program, string arguments, string home)
    {
        Rpc? rpc = null;
        var elapsed = Sample.Milliseconds(() =>
        {
            rpc = Rpc.Start(program, arguments, ("I2V_HOME", home));
            rpc.Initialize();
            if (rpc.Request("tools/list", "{}")["tools"]!.AsArray().Count == 0)
            {
                throw new InvalidOperationException("no tools");
            }
        });
        rpc!.Dispose();
        return elapsed;
    }
}
