using System.Text.Json.Nodes;
using ModelContextProtocol.Client;

namespace McpI2V.EndToEnd.Http;

/// <summary>Several callers of one server: they share the library, and none changes what is another's.</summary>
public sealed class CallersApart : IDisposable
{
    private readonly TestLibrary library = new();

    public void Dispose() => library.Dispose();

    [Theory]
    [InlineData("job-1")]
    [InlineData("batch-1")]
    public async Task A_paid_job_is_called_off_by_who_asked_for_it_and_by_no_other(string id)
    {
        await using var simulators = await SimulatedProviders.StartAsync(jobSeconds: 60);
        var photo = await TestMedia.StillAsync(library);
        await using var server = await HttpServer.StartAsync(library, "", simulators.Settings("Fal"));
        await using var payer = await server.ConnectAsync("2025-11-25", await TokenAsync("payer", "use", "spend"));
        await using var looker = await server.ConnectAsync("2025-11-25", await TokenAsync("looker", "use"));
        await using var another = await server.ConnectAsync("2025-11-25", await TokenAsync("another", "use", "spend"));
        Dictionary<string, object?> paid = id == "job-1"
            ? new() { ["image"] = photo, ["prompt"] = "push in", ["model"] = "kling-3", ["wait_seconds"] = 0 }
            : new()
            {
                ["images"] = new[] { photo },
                ["prompts"] = new[] { "push in", "pan left" },
                ["models"] = new[] { "kling-3" },
                ["wait_seconds"] = 0,
            };
        ToolAnswer.FromResult(await payer.CallToolAsync(id == "job-1" ? "animate_image" : "batch_variants", paid)).ShouldSucceed();
        await Eventually.IsSoAsync(async () => (await simulators.TasksAsync()).Count > 0, "the vendor is at work");

        (await CancelAsync(looker, id)).ShouldBe("input_forbidden", "another caller", "admin", "Nothing was changed");
        (await CancelAsync(another, id)).ShouldBe("input_forbidden", "another caller");
        ToolAnswer.FromResult(await looker.CallToolAsync("check_job", new Dictionary<string, object?> { ["id"] = id })).ShouldSucceed();
        // The same call is answered with the same job, which does not become the second caller's.
        ToolAnswer.FromResult(await another.CallToolAsync(id == "job-1" ? "animate_image" : "batch_variants", paid)).ShouldSucceed();
        (await CancelAsync(another, id)).ShouldBe("input_forbidden", "another caller");
        Assert.Equal(0, Wanted());
        await CancelAsync(payer, id);

        Assert.True(Wanted() > 0, "who asked for it cancels it");
    }

    [Fact]
    public async Task A_new_token_owns_what_a_revoked_one_of_its_name_asked_for_only_if_that_is_said()
    {
        var photo = await TestMedia.StillAsync(library);
        await using var server = await HttpServer.StartAsync(library, "", ("I2V__Jobs__PauseAt", "running"));
        await using (var first = await server.ConnectAsync("2025-11-25", await TokenAsync("shop", "use")))
        {
            ToolAnswer.FromResult(await first.CallToolAsync(
                "animate_image",
                new Dictionary<string, object?> { ["image"] = photo, ["duration_seconds"] = 1, ["wait_seconds"] = 0 })).ShouldSucceed();
        }
        Dictionary<string, string> home = new() { ["I2V_HOME"] = library.Home };
        await Shell.RunAsync(Assistant.ProgramPath, "token revoke shop", home);

        var refused = await Shell.RunAsync(Assistant.ProgramPath, "token create shop", home);
        await using var another = await server.ConnectAsync("2025-11-25", await TokenAsync("other", "use"));
        (await CancelAsync(another, "job-1")).ShouldBe("input_forbidden", "another caller");
        var replaced = (await Shell.RunAsync(Assistant.ProgramPath, "token create shop --replace --scope use", home)).Output.Trim();
        await using var second = await server.ConnectAsync("2025-11-25", replaced);
        await CancelAsync(second, "job-1");

        Assert.Equal(1, refused.Code);
        Assert.Contains("revoked", refused.Error, StringComparison.Ordinal);
        Assert.Equal(1, Wanted());
        Assert.Contains(
            "There is no token gone",
            (await Shell.RunAsync(Assistant.ProgramPath, "token revoke gone", home)).Output,
            StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_user_of_the_machine_and_a_token_of_scope_admin_call_off_anything()
    {
        var photo = await TestMedia.StillAsync(library);
        await using var server = await HttpServer.StartAsync(library, "", ("I2V__Jobs__PauseAt", "running"));
        await using var caller = await server.ConnectAsync("2025-11-25", await TokenAsync("caller", "use"));
        await using var admin = await server.ConnectAsync("2025-11-25", server.Token);
        await using var user = await Assistant.StartAsync(library);
        foreach (var seed in new[] { 1, 2 })
        {
            ToolAnswer.FromResult(await caller.CallToolAsync(
                "animate_image",
                new Dictionary<string, object?>
                {
                    ["image"] = photo,
                    ["duration_seconds"] = 1,
                    ["seed"] = seed,
                    ["wait_seconds"] = 0,
                })).ShouldSucceed();
        }

        await CancelAsync(admin, "job-1");
        await user.CallAsync("cancel_job", new { id = "job-2" });

        Assert.Equal(2, Wanted());
    }

    [Fact]
    public async Task A_followed_call_that_found_anothers_job_does_not_call_it_off()
    {
        var photo = await TestMedia.StillAsync(library);
        await using var server = await HttpServer.StartAsync(library, "", ("I2V__Jobs__PauseAt", "running"));
        var (one, two) = (await TokenAsync("one", "use"), await TokenAsync("two", "use"));
        var begun = await AskAsync(server, one, "tools/call", Clip(photo));
        var same = await AskAsync(server, two, "tools/call", Clip(photo));

        await AskAsync(server, two, "tasks/cancel", new JsonObject { ["taskId"] = same["result"]!["taskId"]!.GetValue<string>() });

        Assert.Equal(0, Wanted());
        await AskAsync(server, one, "tasks/cancel", new JsonObject { ["taskId"] = begun["result"]!["taskId"]!.GetValue<string>() });
        Assert.Equal(1, Wanted());
    }

    [Fact]
    public async Task An_element_is_replaced_by_who_saved_it_and_by_no_other_however_it_is_spelt()
    {
        var photo = await TestMedia.StillAsync(library);
        await using var server = await HttpServer.StartAsync(library);
        await using var one = await server.ConnectAsync("2025-11-25", await TokenAsync("one", "use"));
        await using var two = await server.ConnectAsync("2025-11-25", await TokenAsync("two", "use"));
        async Task<ToolAnswer> SaveAsync(McpClient client, string name, string description) =>
            ToolAnswer.FromResult(await client.CallToolAsync(
                "save_element",
                new Dictionary<string, object?> { ["name"] = name, ["description"] = description, ["images"] = new[] { photo } }));

        (await SaveAsync(one, "Anna", "a red coat")).ShouldSucceed();
        (await SaveAsync(two, "Anna", "nobody")).ShouldBe("input_forbidden", "another caller", "Nothing was saved");
        (await SaveAsync(two, "ANNA", "nobody")).ShouldBe("input_forbidden");
        (await SaveAsync(one, "anna", "a blue coat")).ShouldSucceed();
        (await SaveAsync(two, "Bob", "a hat")).ShouldSucceed();
        foreach (var item in new[] { "Anna", "still-1" })
        {
            (await OrganizeAsync(two, item)).ShouldBe("input_forbidden", "another caller", "Nothing was changed");
        }
        (await OrganizeAsync(one, "Anna")).ShouldSucceed();
        (await SaveAsync(two, "the photo I attached", "x")).ShouldSucceed();
        var attached = ToolAnswer.FromResult(await two.CallToolAsync(
            "animate_image",
            new Dictionary<string, object?> { ["image"] = "the picture I attached" })).ShouldBe("not_found", "PUT", "curl");
        Assert.StartsWith("upload:", attached.Structured["error"]!["upload"]!["reference"]!.GetValue<string>(), StringComparison.Ordinal);
    }

    private static async Task<ToolAnswer> OrganizeAsync(McpClient client, string item) => ToolAnswer.FromResult(await client.CallToolAsync(
        "organize_assets",
        new Dictionary<string, object?> { ["items"] = new[] { item }, ["action"] = "delete" }));

    [Fact]
    public async Task Who_takes_every_session_and_every_subscription_keeps_nobody_out()
    {
        await using var server = await HttpServer.StartAsync(library, "", ("I2V__Http__MaxSessions", "5"));
        var (greedy, honest) = (await TokenAsync("greedy", "use"), await TokenAsync("honest", "use"));
        async Task<(int Status, string? Session)> BeginAsync(string token)
        {
            (string, string?) bearer = ("Authorization", "Bearer " + token);
            var (status, _, response) = await server.SendAsync(HttpMethod.Post, "mcp", Requests.Initialize, bearer);
            return (status, response.Headers.TryGetValues("Mcp-Session-Id", out var ids) ? ids.Single() : null);
        }
        async Task<int> ListAsync(string token, string? session) =>
            (await server.SendAsync(
                HttpMethod.Post,
                "mcp",
                Requests.List,
                ("Authorization", "Bearer " + token),
                ("Mcp-Session-Id", session))).Status;

        var own = await BeginAsync(honest);
        for (var i = 0; i < 20; i++)
        {
            Assert.Equal(200, (await BeginAsync(greedy)).Status);
        }
        var second = await BeginAsync(honest);
        Assert.Equal((200, 200, 200), (second.Status, await ListAsync(honest, own.Session), await ListAsync(honest, second.Session)));

        var body = "{\"jsonrpc\":\"2.0\",\"id\":7,\"method\":\"subscriptions/listen\",\"params\":{\"notifications\":{}," +
            "\"_meta\":{\"io.modelcontextprotocol/protocolVersion\":\"2026-07-28\",\"io.modelcontextprotocol/clientCapabilities\":{}}}}";
        (string, string?)[] Headers(string token) =>
        [
            ("Authorization", "Bearer " + token),
            ("MCP-Protocol-Version", "2026-07-28"),
            ("Mcp-Method", "subscriptions/listen"),
        ];
        List<IAsyncEnumerator<JsonNode>> open = [];
        JsonNode last;
        do
        {
            open.Add(server.ListenAsync(body, Headers(greedy)).GetAsyncEnumerator());
            Assert.True(await open[^1].MoveNextAsync());
            last = open[^1].Current;
        }
        while (last["error"] is null && open.Count < 200);
        Assert.Equal((101, -32600), (open.Count, last["error"]!["code"]!.GetValue<int>()));
        open.Add(server.ListenAsync(body, Headers(honest)).GetAsyncEnumerator());
        Assert.True(await open[^1].MoveNextAsync());
        Assert.Equal("notifications/subscriptions/acknowledged", open[^1].Current["method"]!.GetValue<string>());
        foreach (var stream in open)
        {
            await stream.DisposeAsync();
        }
    }

    private static async Task<ToolAnswer> CancelAsync(McpClient client, string id) =>
        ToolAnswer.FromResult(await client.CallToolAsync("cancel_job", new Dictionary<string, object?> { ["id"] = id }));

    private static JsonObject Clip(string photo) => new()
    {
        ["name"] = "animate_image",
        ["arguments"] = new JsonObject { ["image"] = photo, ["duration_seconds"] = 1, ["resolution"] = "480p" },
    };

    private static async Task<JsonNode> AskAsync(HttpServer server, string token, string method, JsonObject parameters)
    {
        parameters["_meta"] = JsonNode.Parse(
            """{"io.modelcontextprotocol/protocolVersion":"2026-07-28","io.modelcontextprotocol/clientCapabilities":{"extensions":{"io.modelcontextprotocol/tasks":{}}}}""");
        var name = (parameters["taskId"] ?? parameters["name"])!.GetValue<string>();
        var body = new JsonObject { ["jsonrpc"] = "2.0", ["id"] = 1, ["method"] = method, ["params"] = parameters }.ToJsonString();
        return (await server.SendAsync(
            HttpMethod.Post,
            "mcp",
            body,
            ("Authorization", "Bearer " + token),
            ("MCP-Protocol-Version", "2026-07-28"),
            ("Mcp-Method", method),
            ("Mcp-Name", name))).Body!;
    }

    private long Wanted() => LibraryAudit.CalledOff(library);

    private async Task<string> TokenAsync(string name, params string[] scopes) =>
        (await Shell.RunAsync(
            Assistant.ProgramPath,
            $"token create {name} {string.Concat(scopes.Select(s => $" --scope {s}"))}",
            new Dictionary<string, string> { ["I2V_HOME"] = library.Home })).Output.Trim();
}
