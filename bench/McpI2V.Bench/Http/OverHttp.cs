namespace McpI2V.Bench.Http;

/// <summary>
/// list_models over HTTP: against a bare server of the official Node SDK with as many tools that answers with the very same
/// text, in turns; and the memory of a thousand sessions that do nothing.
/// </summary>
internal static class OverHttp
{
    private const int Connections = 200;
    private const int Sessions = 1_000;
    private const int Rounds = 5;
    private const string Call = """{"jsonrpc":"2.0","id":7,"method":"tools/call","params":{"name":"list_models","arguments":{}}}""";
    private const string Stateless = """{"jsonrpc":"2.0","id":7,"method":"tools/call","params":{"name":"list_models","arguments":{},"_meta":{"io.modelcontextprotocol/protocolVersion":"2026-07-28","io.modelcontextprotocol/clientCapabilities":{}}}}""";
    private static readonly TimeSpan Round = TimeSpan.FromSeconds(5);

    public static async Task RunAsync(string root)
    {
        var home = Directory.CreateTempSubdirectory("i2v-bench-").FullName;
        using var ours = Served.Ours(root, home, out var port);
        var answer = Path.Combine(home, "answer.json");
        var ask = new HttpLoad(port);
        await ask.OpenAsync(1, Call, isStateless: false);
        var result = await ask.OnceAsync();
        await File.WriteAllTextAsync(answer, result.ToJsonString());
        using var theirs = Served.ByNode(root, "bare-http-server.mjs", out var theirPort, answer);

        var (our, ourStateless, their) = (new HttpLoad(port), new HttpLoad(port), new HttpLoad(theirPort));
        await our.OpenAsync(Connections, Call, isStateless: false);
        await ourStateless.OpenAsync(Connections, Stateless, isStateless: true);
        await their.OpenAsync(Connections, Call, isStateless: false);
        List<(double PerSecond, List<double> Milliseconds)> a = [], b = [], c = [];
        for (var i = 0; i <= Rounds; i++)
        {
            var (x, y, z) = (await our.RunAsync(Round), await ourStateless.RunAsync(Round), await their.RunAsync(Round));
            if (i > 0)
            {
                a.Add(x);
                b.Add(y);
                c.Add(z);
            }
        }
        var theirRate = Sample.Median(c.Select(r => r.PerSecond));
        Sample.Say($"list_models ({result.ToJsonString().Length / 1000} kB), {Connections} connections, medians of {Rounds} " +
            $"rounds: {Served.Of(a)}; at 2026-07-28 {Served.Of(b)}; bare Node SDK server {Served.Of(c)}");
        Sample.Say($"ratio {Sample.Number(Sample.Median(a.Select(r => r.PerSecond)) / theirRate)} (at least 3), at " +
            $"2026-07-28 {Sample.Number(Sample.Median(b.Select(r => r.PerSecond)) / theirRate)}");

        using var idle = Served.Ours(root, home, out var idlePort);
        var many = new HttpLoad(idlePort);
        await many.OpenAsync(Sessions, Call, isStateless: false);
        await Task.Delay(TimeSpan.FromSeconds(10));
        var kilobytes = Sample.ResidentKilobytes(idle.Id);
        Sample.Say(
            $"{Sessions} idle sessions: {kilobytes / 1024} MB resident (under 200: {Sample.Number(kilobytes / 1024.0 / 200)} times)");
    }
}
