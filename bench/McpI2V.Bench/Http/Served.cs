using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace McpI2V.Bench.Http;

/// <summary>A server over HTTP; it never outlives the benchmark, however that ends.</summary>
internal sealed class Served(Process process) : IDisposable
{
    /// <summary>Its process.</summary>
    public int Id => process.Id;

    /// <summary>How long processors have worked for it.</summary>
    public TimeSpan Processor
    {
        get
        {
            process.Refresh();
            return process.TotalProcessorTime;
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        process.Kill(entireProcessTree: true);
        process.WaitForExit();
        process.Dispose();
    }

    /// <summary>Rounds in words: answers a second, and how long they took.</summary>
    public static string Of(List<(double PerSecond, List<double> Milliseconds)> rounds) =>
        $"{Sample.Number(Sample.Median(rounds.Select(r => r.PerSecond)), "0")} a second, " +
            $"p50 {Sample.Number(Sample.Median(rounds.Select(r => r.Milliseconds[r.Milliseconds.Count / 2])), "0.0")} ms, " +
            $"p99 {Sample.Number(Sample.Median(rounds.Select(r => r.Milliseconds[r.Milliseconds.Count * 99 / 100])), "0.0")} ms";

    /// <summary>Our program.</summary>
    public static Served Ours(string root, string home, out int port, params (string Name, string Value)[] more)
    {
        port = FreePort();
        return Start(
            Path.Combine(root, "i2v"),
            $"serve --http http://127.0.0.1:{port} --no-token",
            [("I2V_HOME", home), ("I2V__Http__RequestsPerMinute", "10000000"), .. more]);
    }

    /// <summary>A server of tests/node.</summary>
    public static Served ByNode(string root, string script, out int port, params string[] arguments)
    {
        port = FreePort();
        var given = string.Join(' ', arguments.Select(a => $"\"{a}\""));
        return Start(Sample.Node(root), $"\"{Path.Combine(root, "tests", "node", script)}\" {port} {given}");
    }

    private static Served Start(string program, string arguments, params (string Name, string Value)[] settings)
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
        return new Served(process);
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
