using System.Text;
using System.Text.Json;
using ModelContextProtocol.Client;
using ModelContextProtocol.Protocol;

namespace McpI2V.EndToEnd.Clients;

public sealed class ListingModels
{
    private const int MostBytes = 8_192;

    [Fact]
    public async Task Asked_for_nothing_in_particular_it_answers_in_eight_kilobytes_without_a_key()
    {
        using var library = new TestLibrary();
        await using var assistant = await Assistant.StartAsync(library);

        var (answer, bytes) = await OverviewAsync(assistant);

        Assert.InRange(bytes, 1, MostBytes);
        Assert.Contains("local:camera", answer.Structured["models"]!.AsArray().Select(m => m!["id"]!.GetValue<string>()));
        Assert.Contains("Not available, fal", answer.Text, StringComparison.Ordinal);
        Assert.Contains("list_models with kind", answer.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task It_answers_in_eight_kilobytes_with_every_key_and_with_hundreds_of_models_of_the_users_own()
    {
        await using var simulators = await SimulatedProviders.StartAsync();
        using var library = new TestLibrary();
        Directory.CreateDirectory(library.Home);
        await File.WriteAllTextAsync(Path.Combine(library.Home, "models.json"), JsonSerializer.Serialize(new
        {
            models = Enumerable.Range(0, 500).Select(i => new
            {
                id = $"fal:own/{new string('m', 60)}-{i}",
                alias = $"{new string('a', 60)}-{i}",
                provider = "fal",
                kinds = new[] { "image_to_video", "video_edit", "lip_sync" },
                price = new { unit = "clip", usd = 1 },
            }),
        }));
        await using var assistant = await Assistant.StartAsync(library, simulators.Settings());

        var (answer, bytes) = await OverviewAsync(assistant);

        Assert.InRange(bytes, 1, MostBytes);
        var family = answer.Structured["families"]!.AsArray().Single(f => f!["kind"]!.GetValue<string>() == "image_to_video")!;
        Assert.True(family["available"]!.GetValue<int>() > 500, answer.Text);
    }

    [Fact]
    public async Task One_model_is_told_in_full_by_its_alias_and_those_that_are_safe_for_commercial_use_by_that()
    {
        using var library = new TestLibrary();
        await using var assistant = await Assistant.StartAsync(library);

        var models = (await assistant.CallAsync("list_models", new { model = "kling-3" })).ShouldSucceed().Structured["models"]!.AsArray();

        Assert.All(models, m => Assert.Equal("kling-3", m!["alias"]!.GetValue<string>()));
        Assert.NotNull(models.First()!["durations_seconds"]);
        Assert.NotNull(models.First()!["price"]!["usd"]);

        // Of those that need a key, only who says so of its training; the embedded engine has none.
        var safe = (await assistant.CallAsync("list_models", new { capability = "commercially_safe" })).ShouldSucceed();
        Assert.Equal(
            ["firefly", "local"],
            safe.Structured["models"]!.AsArray().Select(m => m!["provider"]!.GetValue<string>()).Distinct().Order());
        Assert.Contains(
            "licensed content",
            safe.Structured["models"]!.AsArray().Single(m => m!["alias"]!.GetValue<string>() == "firefly-video-1")!["summary"]!
                .GetValue<string>(),
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("2025-11-25")]
    [InlineData("2026-07-28")]
    public async Task The_list_is_the_same_over_stdio_and_over_HTTP(string protocol)
    {
        using var library = new TestLibrary();
        await using var server = await HttpServer.StartAsync(library);
        await using var assistant = await Assistant.StartAsync(library, new McpClientOptions { ProtocolVersion = protocol });
        await using var client = await server.ConnectAsync(protocol);
        async Task<string> OverStdioAsync(string arguments) =>
            (await assistant.Client.SendRequestAsync(Call(arguments))).Result!.ToJsonString();
        async Task<string> OverHttpAsync(string arguments) => (await client.SendRequestAsync(Call(arguments))).Result!.ToJsonString();
        static JsonRpcRequest Call(string arguments) => new()
        {
            Method = "tools/call",
            Params = System.Text.Json.Nodes.JsonNode.Parse($$"""{"name":"list_models","arguments":{{arguments}} }"""),
        };

        foreach (var arguments in new[] { "{}", """{"kind":"upscale"}""", """{"available_only":true}""", """{"kind":"nonsense"}""" })
        {
            Assert.True(
                System.Text.Json.Nodes.JsonNode.DeepEquals(
                    System.Text.Json.Nodes.JsonNode.Parse(await OverStdioAsync(arguments)),
                    System.Text.Json.Nodes.JsonNode.Parse(await OverHttpAsync(arguments))),
                arguments);
        }
    }

    [Fact]
    public async Task A_list_of_models_knows_what_was_learned_since()
    {
        await using var simulators = await SimulatedProviders.StartAsync();
        using var library = new TestLibrary();
        var photo = await TestMedia.StillAsync(library);
        await using var server = await HttpServer.StartAsync(library, "", simulators.Settings("Fal"));
        await using var client = await server.ConnectAsync("2026-07-28");
        async Task<int> CountAsync()
        {
            var all = new Dictionary<string, object?> { ["kind"] = "image_to_video" };
            return ToolAnswer.FromResult(await client.CallToolAsync("list_models", all)).Structured["models"]!.AsArray().Count;
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

    private static async Task<(ToolAnswer Answer, int Bytes)> OverviewAsync(Assistant assistant)
    {
        var result = await assistant.Client.CallToolAsync("list_models", new Dictionary<string, object?>());
        var bytes = Encoding.UTF8.GetByteCount(JsonSerializer.Serialize(result, ModelContextProtocol.McpJsonUtilities.DefaultOptions));
        return (ToolAnswer.FromResult(result).ShouldSucceed(), bytes);
    }
}
