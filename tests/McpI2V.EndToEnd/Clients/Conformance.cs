using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using McpI2V.Servers;

namespace McpI2V.EndToEnd.Clients;

/// <summary>
/// The official conformance suite: against the real server where it needs no tools of its own, against the same HTTP layer with its fixture
/// tools for all the rest.
/// </summary>
public sealed class Conformance
{
    private static readonly string[] Versions = ["2025-06-18", "2025-11-25", "2026-07-28", "all"];

    // What the real server is asked, in every version that has it.
    private static readonly string[] WithoutFixtures =
    [
        "server-initialize", "server-session-lifecycle", "logging-set-level", "ping", "completion-complete", "tools-list",
            "resources-list", "prompts-list",
        "sep-2164-resource-not-found", "dns-rebinding-protection", "caching", "http-header-validation", "server-sse-multiple-streams",
            "resources-subscribe",
        "resources-unsubscribe", "input-required-result-unsupported-methods", "server-stateless",
    ];

    // Checks inside those that call a tool of the suite's own; the host with fixtures answers them.
    private static readonly string[] NeedFixtures =
    [
        "sep-2575-server-rejects-undeclared-capability", "sep-2575-missing-capability-http-400",
            "sep-2575-http-server-no-independent-requests-on-stream", "sep-2575-server-no-log-without-loglevel",
    ];

    private static readonly Dictionary<string, string> NotApplicable = new(StringComparer.Ordinal)
    {
        ["sep-2640-skills-directory"] =
            "not applicable: the skills extension is not declared; the craft is in the instructions and prompts",
        ["sep-2640-skills-enumeration"] = "not applicable: the skills extension is not declared",
        ["sep-2640-skills-manifest"] = "not applicable: the skills extension is not declared",
        ["tasks-status-notifications"] = "the suite itself skips it until it is rewritten; `FollowingTasks` tests the notifications",
    };

    private static string DocPath => Path.Combine(Assistant.Root, "docs", "conformance.md");

    [Fact]
    public async Task No_scenario_fails()
    {
        using var library = new TestLibrary();
        await using var server = await HttpServer.StartAsync(library, "--no-token");
        using var host = await StartHostAsync();

        var real = await RunAsync(new Uri(server.Origin, "mcp"));
        var fixtures = await RunAsync(host.Url);

        var faults = fixtures.SelectMany(r => r.Value
            .Where(c => c.Status is not ("SUCCESS" or "INFO" or "SKIPPED"))
            .Select(c => $"host, {r.Key}: {c}"))
            .Concat(WithoutFixtures.SelectMany(s => Versions.Where(v => real.ContainsKey((s, v))).SelectMany(v => real[(s, v)]
            .Where(c => c.Status is not ("SUCCESS" or "INFO" or "SKIPPED") && !NeedFixtures.Contains(c.Id))
            .Select(c => $"server, {s} {v}: {c}"))))
            .ToList();
        Assert.True(faults.Count == 0, string.Join('\n', faults));
        Assert.All(
            fixtures.Where(r => r.Value.All(c => c.Status is "SKIPPED" or "INFO") && !NotApplicable.ContainsKey(r.Key.Scenario)),
            r => Assert.Fail($"{r.Key} was skipped"));
        await KeepAsync(Table(real, fixtures));
    }

    // The document lists what this run has shown; to accept a change, run with I2V_ACCEPT=1 and look at the diff.
    private static async Task KeepAsync(string table)
    {
        if (Environment.GetEnvironmentVariable("I2V_ACCEPT") == "1")
        {
            await File.WriteAllTextAsync(DocPath, table);
        }
        Assert.Equal(table, await File.ReadAllTextAsync(DocPath));
    }

    private static string Table(
        Dictionary<(string Scenario, string Version), List<Check>> real,
        Dictionary<(string Scenario, string Version), List<Check>> fixtures)
    {
        var text = new StringBuilder().Append(CultureInfo.InvariantCulture, $"""
            # Conformance

            Every server scenario of `@modelcontextprotocol/conformance` {SuiteVersion()}, as `./i2v test` runs it (`Conformance`, which fails if this page is not true): against the real server where a scenario needs no tools of the suite's own, and against a host that puts the suite's fixture tools on the same HTTP layer (`tests/McpI2V.ConformanceHost`). Numbers are checks passed; none fails and none warns. `-`: the version does not have it; `fixtures`: it calls the suite's own tools, which a product does not have.

            | scenario | host 2025-06-18 | host 2025-11-25 | host 2026-07-28 | host, extensions and latest | server 2025-06-18 | server 2025-11-25 | server 2026-07-28 | note |
            | --- | --- | --- | --- | --- | --- | --- | --- | --- |

            """);
        foreach (var scenario in fixtures.Keys.Select(k => k.Scenario).Distinct().Order(StringComparer.Ordinal))
        {
            var cells = Versions.Select(v => Cell(fixtures, scenario, v))
                .Concat(Versions[..3].Select(v => !fixtures.ContainsKey((scenario, v))
                    ? "-"
                    : WithoutFixtures.Contains(scenario) ? Cell(real, scenario, v) : "fixtures"));
            var note = NotApplicable.GetValueOrDefault(scenario)
                ?? (scenario == "server-stateless" ? $"{NeedFixtures.Length} checks need fixtures on the server" : "");
            text.Append(CultureInfo.InvariantCulture, $"| {scenario} | {string.Join(" | ", cells)} | {note} |\n");
        }
        return text.ToString();
    }

    private static string Cell(Dictionary<(string Scenario, string Version), List<Check>> results, string scenario, string version) =>
        !results.TryGetValue((scenario, version), out var checks) ? "-"
        : checks.Count(c => c.Status == "SUCCESS") is > 0 and var passed && !NotApplicable.ContainsKey(scenario)
        ? passed.ToString(CultureInfo.InvariantCulture)
        : "skipped";

    private static string SuiteVersion()
    {
        var package = JsonNode.Parse(File.ReadAllText(Path.Combine(NodeTools.Folder, "package.json")))!;
        return package["dependencies"]!["@modelcontextprotocol/conformance"]!.GetValue<string>();
    }

    private static async Task<Dictionary<(string Scenario, string Version), List<Check>>> RunAsync(Uri url)
    {
        var suite = Path.Combine(NodeTools.Folder, "node_modules", ".bin", "conformance");
        var folder = Directory.CreateTempSubdirectory("i2v-conformance-").FullName;
        Dictionary<(string Scenario, string Version), List<Check>> results = [];
        foreach (var version in Versions)
        {
            var into = Path.Combine(folder, version);
            var (_, output, error) = await Shell.RunAsync(NodeTools.Node,
                $"\"{suite}\" server --url {url} --suite all {(version == "all" ? "" : $"--spec-version {version}")} -o \"{into}\"");
            Assert.True(Directory.Exists(into), output + error);
            foreach (var result in Directory.EnumerateDirectories(into))
            {
                // server-<scenario>-2026-11-21T11-08-58-833Z
                var name = Path.GetFileName(result)["server-".Length..];
                var checks = JsonNode.Parse(await File.ReadAllTextAsync(Path.Combine(result, "checks.json")))!.AsArray();
                results[(name[..^"-2026-11-21T11-08-58-833Z".Length], version)] = [.. checks.Select(c => new Check(
                    c!["id"]!.GetValue<string>(),
                    c["status"]!.GetValue<string>(),
                    c["errorMessage"]?.ToString() ?? ""))];
            }
        }
        Directory.Delete(folder, recursive: true);
        return results;
    }

    private static async Task<Host> StartHostAsync()
    {
        var url = new Uri($"http://127.0.0.1:{FreePort.Next()}/");
        var program = Path.Combine(
            Assistant.Root,
            "tests",
            "McpI2V.ConformanceHost",
            "bin",
            "Release",
            "net10.0",
            "McpI2V.ConformanceHost.dll");
        var start = new ProcessStartInfo(Environment.GetEnvironmentVariable("DOTNET") ?? "dotnet", $"\"{program}\" {url}")
        {
            UseShellExecute = false,
            RedirectStandardError = true,
        };
        var process = Process.Start(start)!;
        while (await process.StandardError.ReadLineAsync() is { } line && !line.StartsWith("Serving", StringComparison.Ordinal))
        {
        }
        _ = process.StandardError.ReadToEndAsync();
        return new Host(process, new Uri(url, "mcp"));
    }

    private sealed record Check(string Id, string Status, string Error);

    private sealed record Host(Process Process, Uri Url) : IDisposable
    {
        public void Dispose()
        {
            Process.Kill(entireProcessTree: true);
            Process.WaitForExit();
            Process.Dispose();
        }
    }
}
