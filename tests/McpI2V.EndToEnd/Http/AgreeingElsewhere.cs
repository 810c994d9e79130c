using System.Text.Json.Nodes;

namespace McpI2V.EndToEnd.Http;

/// <summary>A question that one process asked, answered to another of the same library.</summary>
public sealed class AgreeingElsewhere
{
    [Fact]
    public async Task An_agreement_counts_at_another_process_and_after_a_restart_and_counts_once()
    {
        await using var vendors = await SimulatedProviders.StartAsync();
        using var library = new TestLibrary();
        var photo = await TestMedia.StillAsync(library);
        var settings = vendors.Settings("Fal").Append(("I2V__Budget__ApproveAboveUsd", "0.5")).ToArray();
        string token;
        JsonNode asked;
        await using (var first = await HttpServer.StartAsync(library, "", settings))
        {
            token = first.Token!;
            asked = await CallAsync(first, token, photo, state: null);
        }
        await using var second = await HttpServer.StartAsync(library, "", settings);
        await using var third = await HttpServer.StartAsync(library, "", settings);
        var state = asked["result"]!["requestState"]!.GetValue<string>();

        var bought = await CallAsync(second, token, photo, state);
        var again = await CallAsync(third, token, photo, state);

        Assert.Equal("input_required", asked["result"]!["resultType"]!.GetValue<string>());
        Assert.NotNull(bought["result"]!["structuredContent"]!["job"]);
        Assert.Equal("input_required", again["result"]!["resultType"]!.GetValue<string>());
        await Eventually.IsSoAsync(async () => (await vendors.TasksAsync()).Count == 1, "what was agreed to is bought, once");
        var key = Path.Combine(library.Home, "agreements.key");
        Assert.True(OperatingSystem.IsWindows() || File.GetUnixFileMode(key) == (UnixFileMode.UserRead | UnixFileMode.UserWrite));
        Assert.DoesNotContain(
            Convert.ToHexStringLower(await File.ReadAllBytesAsync(key)),
            $"{asked}{bought}{again}",
            StringComparison.OrdinalIgnoreCase);
    }

    private static async Task<JsonNode> CallAsync(HttpServer server, string token, string photo, string? state)
    {
        var parameters = JsonNode.Parse(
            """{"name":"animate_image","arguments":{"prompt":"push in","model":"kling-3","fresh":true,"duration_seconds":10,"wait_seconds":0},"_meta":{"io.modelcontextprotocol/protocolVersion":"2026-07-28","io.modelcontextprotocol/clientCapabilities":{"elicitation":{} } } }""")!;
        parameters["arguments"]!["image"] = photo;
        if (state is not null)
        {
            parameters["requestState"] = state;
            parameters["inputResponses"] = JsonNode.Parse("""{"approval":{"action":"accept","content":{"approve":true}}}""");
        }
        var body = new JsonObject { ["jsonrpc"] = "2.0", ["id"] = 1, ["method"] = "tools/call", ["params"] = parameters };
        return (await server.SendAsync(
            HttpMethod.Post,
            "mcp",
            body.ToJsonString(),
            ("Authorization", "Bearer " + token),
            ("MCP-Protocol-Version", "2026-07-28"),
            ("Mcp-Method", "tools/call"),
            ("Mcp-Name", "animate_image"))).Body!;
    }
}
