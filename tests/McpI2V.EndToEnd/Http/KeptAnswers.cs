using ModelContextProtocol.Client;

namespace McpI2V.EndToEnd.Http;

/// <summary>Answers that are kept as they were written.</summary>
public sealed class KeptAnswers
{
    [Theory]
    [InlineData("2025-11-25")]
    [InlineData("2026-07-28")]
    public async Task An_answer_that_is_kept_is_the_one_that_would_be_made(string protocol)
    {
        using var library = new TestLibrary();
        await using var server = await HttpServer.StartAsync(library);
        await using var assistant = await Assistant.StartAsync(library, new McpClientOptions { ProtocolVersion = protocol });
        await using var client = await server.ConnectAsync(protocol);
        async Task<string> OverStdioAsync(string arguments) =>
            (await assistant.Client.SendRequestAsync(Call(arguments))).Result!.ToJsonString();
        async Task<string> OverHttpAsync(string arguments) => (await client.SendRequestAsync(Call(arguments))).Result!.ToJsonString();
        static ModelContextProtocol.Protocol.JsonRpcRequest Call(string arguments) => new()
        {
            Method = "tools/call",
            Params = System.Text.Json.Nodes.JsonNode.Parse($$"""{"name":"list_models","arguments":{{arguments}} }"""),
        };

        foreach (var arguments in new[] { "{}", """{"kind":"upscale"}""", """{"available_only":true}""", "{}", """{"kind":"nonsense"}""" })
        {
            Assert.True(
                System.Text.Json.Nodes.JsonNode.DeepEquals(
                    System.Text.Json.Nodes.JsonNode.Parse(await OverStdioAsync(arguments)),
                    System.Text.Json.Nodes.JsonNode.Parse(await OverHttpAsync(arguments))),
                arguments);
        }
    }

    [Fact]
    public async Task A_kept_list_of_models_knows_what_was_learned_since()
    {
        await using var vendors = await SimulatedProviders.StartAsync();
        using var library = new TestLibrary();
        var photo = await TestMedia.StillAsync(library);
        await using var server = await HttpServer.StartAsync(library, "", vendors.Settings("Fal"));
        await using var client = await server.ConnectAsync("2026-07-28");
        async Task<int> CountAsync()
        {
            var answer = ToolAnswer.FromResult(await client.CallToolAsync("list_models", new Dictionary<string, object?>()));
            return answer.Structured["models"]!.AsArray().Count;
        }
        var before = await CountAsync();

        ToolAnswer.FromResult(await client.CallToolAsync(
            "animate_image",
            new Dictionary<string, object?>
            {
                ["image"] = photo,
                ["prompt"] = "push in",
                ["model"] = "fal:acme/dream/image-to-video",
                ["dry_run"] = true,
            })).ShouldSucceed();

        Assert.Equal(before + 1, await CountAsync());
    }
}
