using System.Diagnostics;
using System.Net.Http.Json;
using System.Text.Json.Nodes;

namespace McpI2V.Bench;

/// <summary>The simulated vendors in a process of their own.</summary>
internal sealed class Simulators : IDisposable
{
    private const string Key = "simulated-key-0c1d2e3f4a5b6c7d";
    private readonly Process process;
    private readonly HttpClient http;

    private Simulators(Process process, string origin) =>
        (this.process, Origin, http) = (process, origin, new HttpClient { BaseAddress = new Uri(origin) });

    public string Origin { get; }

    public static Simulators Start(string root, double jobSeconds, int places)
    {
        var dll = Path.Combine(root, "tests", "McpI2V.Simulators", "bin", "Release", "net10.0", "McpI2V.Simulators.dll");
        var process = Process.Start(new ProcessStartInfo(
            Environment.ProcessPath!,
            FormattableString.Invariant(
                $"\"{dll}\" --port 0 --job-seconds {jobSeconds} --places {places} --short-side 96 --longest-seconds 0.5"))
                {
                    RedirectStandardOutput = true,
                    UseShellExecute = false,
                })!;
        var first = process.StandardOutput.ReadLine()!;
        _ = process.StandardOutput.ReadToEndAsync();
        return new Simulators(process, first.Split(' ').First(w => w.StartsWith("http://", StringComparison.Ordinal)).TrimEnd(';'));
    }

    /// <summary>What a server needs to use the simulated fal.</summary>
    public (string, string)[] Fal(string home, string root, double pollSeconds, int places) =>
    [
        ("I2V_HOME", home), ("I2V__Inputs__Roots", Path.Combine(root, "samples")), ("I2V__Budget__DailyUsd", "100000"), (
            "I2V__Budget__ApproveAboveUsd",
            "100000"),
        ("FAL_KEY", Key), ("I2V__Providers__Fal__BaseUrl", Origin + "/fal"), (
            "I2V__Providers__Fal__PollSeconds",
            FormattableString.Invariant($"{pollSeconds}")), ("I2V__Providers__Fal__MaxConcurrent", $"{places}"),
    ];

    public JsonNode Get(string path) => http.GetFromJsonAsync<JsonNode>(path).GetAwaiter().GetResult()!;

    public void Post(string path) => http.PostAsync(path, null).GetAwaiter().GetResult().EnsureSuccessStatusCode();

    public void Dispose()
    {
        http.Dispose();
        process.Kill();
        process.WaitForExit();
        process.Dispose();
    }
}
