using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text.Json.Nodes;

namespace McpI2V.Bench;

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
        using var ours = Ours(root, home, out var port);
        var answer = Path.Combine(home, "answer.json");
        var ask = new HttpLoad(port);
        await ask.OpenAsync(1, Call, isStateless: false);
        var text = await ask.OnceAsync();
        var result = JsonNode.Parse(text[text.IndexOf("\r\n\r\n", StringComparison.Ordinal)..])!["result"]!;
        await File.WriteAllTextAsync(answer, result.ToJsonString());
        using var theirs = Theirs(root, answer, out var theirPort);

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
            $"rounds: {Of(a)}; at 2026-07-28 {Of(b)}; bare Node SDK server {Of(c)}");
        Sample.Say($"ratio {Sample.Number(Sample.Median(a.Select(r => r.PerSecond)) / theirRate)} (at least 3), at " +
            $"2026-07-28 {Sample.Number(Sample.Median(b.Select(r => r.PerSecond)) / theirRate)}");

        using var idle = Ours(root, home, out var idlePort);
        var many = new HttpLoad(idlePort);
        await many.OpenAsync(Sessions, Call, isStateless: false);
        await Task.Delay(TimeSpan.FromSeconds(10));
        var kilobytes = Sample.ResidentKilobytes(idle.Id);
        Sample.Say(
            $"{Sessions} idle sessions: {kilobytes / 1024} MB resident (under 200: {Sample.Number(kilobytes / 1024.0 / 200)} times)");
    }

    private static string Of(List<(double PerSecond, List<double> Milliseconds)> rounds) =>
        $"{Sample.Number(Sample.Median(rounds.Select(r => r.PerSecond)), "0")} a second, " +
            $"p50 {Sample.Number(Sample.Median(rounds.Select(r => r.Milliseconds[r.Milliseconds.Count / 2])), "0.0")} ms, " +
            $"p99 {Sample.Number(Sample.Median(rounds.Select(r => r.Milliseconds[r.Milliseconds.Count * 99 / 100])), "0.0")} ms";

    private static Child Ours(string root, string home, out int port)
    {
        port = FreePort();
        return Start(
            Path.Combine(root, ".build", "program", "mcp-i2v"),
            $"serve --http http://127.0.0.1:{port} --no-token",
            ("I2V_HOME", home),
            ("I2V__Http__RequestsPerMinute", "10000000"));
    }

    private static Child Theirs(string root, string answer, out int port)
    {
        port = FreePort();
        return Start(Sample.Node(root), $"\"{Path.Combine(root, "tests", "node", "bare-http-server.mjs")}\" {port} \"{answer}\"");
    }

    private static Child Start(string program, string arguments, params (string Name, string Value)[] settings)
    {
        var start = new ProcessStartInfo(program, arguments) { UseShellExecute = false, RedirectStandardError = true };
        foreach (var (name, value) in settings)
        {
            start.Environment[name] = value;
        }
        var process = Process.Start(start)!;
        while (process.StandardError.ReadLine() is { } line && !line.StartsWith("Serving", StringComparison.Ordinal))
        {
        }
        _ = process.StandardError.ReadToEndAsync();
        return new Child(process);
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    // It never outlives the benchmark, however that ends.
    private sealed class Child(Process process) : IDisposable
    {
        public int Id => process.Id;

        public void Dispose()
        {
            process.Kill(entireProcessTree: true);
            process.WaitForExit();
            process.Dispose();
        }
    }
}
