namespace McpI2V.Bench;

/// <summary>Spawn to tools/list, against a bare Node SDK stdio server with as many tools.</summary>
internal static class Startup
{
    private const int Rounds = 15;

    public static Task RunAsync(string root)
    {
        var program = Path.Combine(root, ".build", "program", "mcp-i2v");
        var node = Sample.Node(root);
        var home = Directory.CreateTempSubdirectory("i2v-bench-").FullName;
        List<double> ours = [], theirs = [];
        for (var i = 0; i <= Rounds; i++)
        {
            var (a, b) = (Once(program, "serve", home), Once(node, $"\"{Path.Combine(root, "tests", "node", "bare-server.mjs")}\"", home));
            if (i > 0)
            {
                ours.Add(a);
                theirs.Add(b);
            }
        }
        Directory.Delete(home, recursive: true);
        var (our, their) = (Sample.Median(ours), Sample.Median(theirs));
        Sample.Say($"spawn to tools/list, medians of {Rounds}: mcp-i2v {Sample.Number(our, "0")} ms, bare Node SDK " +
            $"server {Sample.Number(their, "0")} ms, ratio {Sample.Number(our / their)} (at most 1.05 as ./i2v builds it first)");
        return Task.CompletedTask;
    }

    private static double Once(string program, string arguments, string home)
    {
        Rpc? rpc = null;
        var elapsed = Sample.Milliseconds(() =>
        {
            rpc = Rpc.Start(program, arguments, ("I2V_HOME", home));
            rpc.Initialize();
            var tools = rpc.Request("tools/list", "{}")["tools"]!.AsArray().Count;
            if (tools != 11)
            {
                throw new InvalidOperationException($"{tools} tools");
            }
        });
        rpc!.Dispose();
        return elapsed;
    }
}
