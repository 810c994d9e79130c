using System.Text.Json.Nodes;

namespace McpI2V.Bench.Http;

/// <summary>
/// list_models, find_assets and check_job over HTTP, composed anew and as they are: against a bare server of the official Node SDK that
/// answers the same out of the same library, in turns. What a program reads of both is compared before anything counts.
/// </summary>
internal static class ComposedAnswers
{
    private const int Connections = 32;
    private const int Rounds = 5;
    private static readonly TimeSpan Round = TimeSpan.FromSeconds(3);

    private static readonly (string Name, string Arguments)[] Calls =
    [
        ("list_models", """{"kind":"image_to_video"}"""),
        ("find_assets", """{"query":"push"}"""),
        ("check_job", """{"id":"job-1"}"""),
    ];

    public static async Task RunAsync(string root)
    {
        var home = Directory.CreateTempSubdirectory("i2v-bench-").FullName;
        var models = Path.Combine(home, "every-model.json");
        LargeLibrary.Fill(home);
        using (var rpc = Rpc.Start(
            Path.Combine(root, ".build", "program", "mcp-i2v"),
            "serve",
            ("I2V_HOME", home),
            ("I2V__Inputs__Roots", Path.Combine(root, "samples"))))
        {
            rpc.Initialize();
            var photo = Path.Combine(root, "samples", "bottle.jpg");
            rpc.Call("generate_still", new { prompt = "bench", from = new[] { photo }, aspect_ratio = "9:16", size = "720p" });
            var catalogue = rpc.Request("resources/read", """{"uri":"i2v://models"}""")["contents"]![0]!["text"]!.GetValue<string>();
            await File.WriteAllTextAsync(models, catalogue);
        }
        using var theirs = Served.ByNode(root, "answering-server.mjs", out var theirPort, home, models);
        using (var anew = Served.Ours(root, home, out var port, ("I2V__Http__KeepAnswersSeconds", "0")))
        {
            await CompareAsync("composed anew", anew, port, theirs, theirPort);
        }
        using (var asItIs = Served.Ours(root, home, out var port))
        {
            await CompareAsync("as it is", asItIs, port, theirs, theirPort);
        }
        Directory.Delete(home, recursive: true);
    }

    private static async Task CompareAsync(string how, Served ours, int port, Served theirs, int theirPort)
    {
        foreach (var (name, arguments) in Calls)
        {
            var call = $$$"""{"jsonrpc":"2.0","id":7,"method":"tools/call","params":{"name":"{{{name}}}","arguments":{{{arguments}}}}}""";
            var (our, their) = (new HttpLoad(port), new HttpLoad(theirPort));
            await our.OpenAsync(Connections, call, isStateless: false);
            await their.OpenAsync(Connections, call, isStateless: false);
            var (answer, same) = (await our.OnceAsync(), await their.OnceAsync());
            RequireSame(name, answer, same);
            List<(double PerSecond, List<double> Milliseconds)> a = [], b = [];
            List<double> c = [], d = [];
            for (var i = 0; i <= Rounds; i++)
            {
                var (x, xWork) = await MeasureAsync(our, ours);
                var (y, yWork) = await MeasureAsync(their, theirs);
                if (i > 0)
                {
                    a.Add(x);
                    b.Add(y);
                    c.Add(xWork);
                    d.Add(yWork);
                }
            }
            var ratio = Sample.Median(a.Select(r => r.PerSecond)) / Sample.Median(b.Select(r => r.PerSecond));
            Sample.Say($"{name}, {how} ({answer.ToJsonString().Length / 1000} kB), {Connections} connections, " +
                $"medians of {Rounds} rounds: " +
                $"{Served.Of(a)}, {Sample.Number(Sample.Median(c), "0")} us of a processor each; bare Node SDK server {Served.Of(b)}, " +
                $"{Sample.Number(Sample.Median(d), "0")} us each; ratio {Sample.Number(ratio)} (at least 2)");
        }
    }

    private static async Task<((double PerSecond, List<double> Milliseconds) Round, double Microseconds)> MeasureAsync(
        HttpLoad load,
        Served server)
    {
        var before = server.Processor;
        var round = await load.RunAsync(Round);
        return (round, (server.Processor - before).TotalMicroseconds / round.Milliseconds.Count);
    }

    // Addresses of a server over HTTP are signed anew for each answer, and are longer than the paths they stand for.
    private static void RequireSame(string name, JsonNode ours, JsonNode theirs)
    {
        if (!JsonNode.DeepEquals(ours["structuredContent"], theirs["structuredContent"])
            || ours["content"]!.AsArray().Count != theirs["content"]!.AsArray().Count)
        {
            throw new InvalidOperationException($"{name} is answered differently:\n{ours.ToJsonString()}\n{theirs.ToJsonString()}");
        }
    }
}
