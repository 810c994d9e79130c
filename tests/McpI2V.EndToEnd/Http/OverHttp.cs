using ModelContextProtocol.Client;

namespace McpI2V.EndToEnd.Http;

/// <summary>The same server over HTTP: both lifecycles of the protocol, and the door.</summary>
public sealed class OverHttp
{
    [Theory]
    [InlineData("2025-03-26")]
    [InlineData("2025-06-18")]
    [InlineData("2025-11-25")]
    [InlineData("2026-07-28")]
    public async Task The_official_client_makes_a_clip(string protocol)
    {
        using var library = new TestLibrary();
        var photo = await TestMedia.StillAsync(library);
        await using var server = await HttpServer.StartAsync(library);
        await using var client = await server.ConnectAsync(protocol);

        var tools = await client.ListToolsAsync();
        var made = ToolAnswer.FromResult(await client.CallToolAsync(
            "animate_image",
            new Dictionary<string, object?> { ["image"] = photo, ["duration_seconds"] = 1, ["resolution"] = "480p" }));

        Assert.Equal(Assistant.ToolCount, tools.Count);
        Assert.Equal(protocol, client.NegotiatedProtocolVersion);
        Assert.True(File.Exists(made.ShouldSucceed().Path));
    }

    [Fact]
    public async Task A_session_is_its_callers_own_and_ends_when_it_says_so()
    {
        using var library = new TestLibrary();
        await using var server = await HttpServer.StartAsync(library);
        var (_, other, _) = await Shell.RunAsync(
            Assistant.ProgramPath,
            "token create other",
            new Dictionary<string, string> { ["I2V_HOME"] = library.Home });
        var (_, _, begun) = await server.SendAsync(HttpMethod.Post, "mcp", Requests.Initialize);
        var session = begun.Headers.GetValues("Mcp-Session-Id").Single();

        var mine = await server.SendAsync(HttpMethod.Post, "mcp", Requests.List, ("Mcp-Session-Id", session));
        var foreign = await server.SendAsync(
            HttpMethod.Post,
            "mcp",
            Requests.List,
            ("Mcp-Session-Id", session),
            ("Authorization", "Bearer " + other.Trim()));
        var ended = await server.SendAsync(HttpMethod.Delete, "mcp", null, ("Mcp-Session-Id", session));
        var after = await server.SendAsync(HttpMethod.Post, "mcp", Requests.List, ("Mcp-Session-Id", session));

        Assert.Equal((200, 404, 204, 404), (mine.Status, foreign.Status, ended.Status, after.Status));
        Assert.True(session.Length >= 32, "it can't be guessed");
    }

    [Fact]
    public async Task A_revoked_token_opens_nothing_from_then_on_and_a_bound_one_spends_nothing()
    {
        await using var simulators = await SimulatedProviders.StartAsync();
        using var library = new TestLibrary();
        var photo = await TestMedia.StillAsync(library);
        await using var server = await HttpServer.StartAsync(library, "", simulators.Settings("Fal"));
        Dictionary<string, string> home = new() { ["I2V_HOME"] = library.Home };
        var looker = (await Shell.RunAsync(Assistant.ProgramPath, "token create looker --scope use", home)).Output.Trim();
        await using (var client = await server.ConnectAsync("2025-11-25", looker))
        {
            ToolAnswer.FromResult(await client.CallToolAsync(
                "animate_image",
                new Dictionary<string, object?> { ["image"] = photo, ["prompt"] = "push in", ["model"] = "kling-3" })).ShouldBe(
                    "input_forbidden",
                    "token",
                    "Nothing was spent");
            ToolAnswer.FromResult(await client.CallToolAsync(
                "animate_image",
                new Dictionary<string, object?>
                {
                    ["image"] = photo,
                    ["prompt"] = "push in",
                    ["model"] = "local-camera",
                    ["duration_seconds"] = 1,
                    ["resolution"] = "480p",
                })).ShouldSucceed();
        }

        await Shell.RunAsync(Assistant.ProgramPath, "token revoke looker", home);

        var refused = await server.SendAsync(HttpMethod.Post, "mcp", Requests.Initialize, ("Authorization", "Bearer " + looker));
        Assert.Equal(401, refused.Status);
        Assert.Equal(200, (await server.SendAsync(HttpMethod.Post, "mcp", Requests.Initialize)).Status);
        Assert.Empty(await simulators.TasksAsync());
        Assert.DoesNotContain(looker, File.ReadAllText(Path.Combine(library.Home, "http-tokens.json")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_client_whose_connection_broke_gets_the_answer_by_its_last_event()
    {
        using var library = new TestLibrary();
        var photo = await TestMedia.StillAsync(library);
        await using var server = await HttpServer.StartAsync(library);
        (string, string?) token = ("Authorization", "Bearer " + server.Token);
        async Task<(string, string?)> BeginAsync() =>
            ("Mcp-Session-Id", (await server.SendAsync(
                HttpMethod.Post,
                "mcp",
                Requests.Initialize.Replace("2025-06-18", "2025-11-25", StringComparison.Ordinal))).Response.Headers
                .GetValues("Mcp-Session-Id")
                .Single());
        var (session, other) = (await BeginAsync(), await BeginAsync());
        var call = $$"""{"jsonrpc":"2.0","id":5,"method":"tools/call","params":{"name":"animate_image","arguments":{"image":{{System.Text.Json.Nodes.JsonValue.Create(photo)!.ToJsonString()}},"duration_seconds":1,"resolution":"480p"} } }""";
        string? last = null;
        await foreach (var message in server.ListenAsync(call, token, session))
        {
            // The stream begins with an event that has an id and says nothing; then the line breaks.
            last = message["eventId"]!.GetValue<string>();
            break;
        }

        var rest = new List<System.Text.Json.Nodes.JsonNode>();
        await foreach (var message in server.ListenAsync(null, token, session, ("Last-Event-ID", last)))
        {
            rest.Add(message);
        }

        Assert.Equal(5, rest[^1]["id"]!.GetValue<int>());
        Assert.Equal("clip-1", rest[^1]["result"]!["structuredContent"]!["assets"]![0]!["handle"]!.GetValue<string>());
        Assert.Equal(400, (await server.SendAsync(HttpMethod.Get, "mcp", null, other, ("Last-Event-ID", last))).Status);
        Assert.Equal(400, (await server.SendAsync(HttpMethod.Get, "mcp", null, session, ("Last-Event-ID", "guessed_1"))).Status);
    }

    [Fact]
    public async Task A_caller_names_no_folders_of_the_servers_machine()
    {
        using var library = new TestLibrary();
        Directory.CreateDirectory(library.Outside);
        var secret = Path.Combine(library.Outside, "private.jpg");
        File.Copy(await TestMedia.StillAsync(library), secret);
        await using var server = await HttpServer.StartAsync(library);
        await using var client = await McpClient.CreateAsync(
            new HttpClientTransport(new HttpClientTransportOptions
            {
                Endpoint = new Uri(server.Origin, "mcp"),
                AdditionalHeaders = new Dictionary<string, string> { ["Authorization"] = "Bearer " + server.Token },
            }),
            new McpClientOptions
            {
                ProtocolVersion = "2025-06-18",
#pragma warning disable MCP9005 // An attacker says what it likes.
                Handlers = new McpClientHandlers { RootsHandler = (_, _) => ValueTask.FromResult(
                    new ModelContextProtocol.Protocol.ListRootsResult
                    {
                        Roots = [new ModelContextProtocol.Protocol.Root { Uri = "file:///" }],
                    }) },
#pragma warning restore MCP9005
            });

        ToolAnswer.FromResult(await client.CallToolAsync(
            "generate_still",
            new Dictionary<string, object?> { ["prompt"] = "x", ["from"] = new[] { secret } })).ShouldBe("input_forbidden");
    }

    [Theory]
    [InlineData("altered", -32602)]
    [InlineData("for another call", null)]
    [InlineData("by another caller", null)]
    [InlineData("used before", null)]
    public async Task A_state_that_comes_back_otherwise_than_it_went_out_buys_nothing(string how, int? code)
    {
        await using var simulators = await SimulatedProviders.StartAsync();
        using var library = new TestLibrary();
        var photo = await TestMedia.StillAsync(library);
        await using var server = await HttpServer.StartAsync(
            library,
            "",
            [.. simulators.Settings("Fal"), ("I2V__Budget__ApproveAboveUsd", "0.5")]);
        var other = (await Shell.RunAsync(
            Assistant.ProgramPath,
            "token create other --scope use --scope spend",
            new Dictionary<string, string> { ["I2V_HOME"] = library.Home })).Output.Trim();
        async Task<System.Text.Json.Nodes.JsonNode> CallAsync(int seconds, string? state)
        {
            var parameters = System.Text.Json.Nodes.JsonNode.Parse(
                $$"""{"name":"animate_image","arguments":{"prompt":"push in","model":"kling-3","fresh":true,"duration_seconds":{{seconds}},"wait_seconds":0},"_meta":{"io.modelcontextprotocol/protocolVersion":"2026-07-28","io.modelcontextprotocol/clientCapabilities":{"elicitation":{} } } }""")!;
            parameters["arguments"]!["image"] = photo;
            if (state is not null)
            {
                parameters["requestState"] = state;
                parameters["inputResponses"] = System.Text.Json.Nodes.JsonNode.Parse(
                    """{"approval":{"action":"accept","content":{"approve":true}}}""");
            }
            var body = new System.Text.Json.Nodes.JsonObject
            {
                ["jsonrpc"] = "2.0",
                ["id"] = 1,
                ["method"] = "tools/call",
                ["params"] = parameters,
            };
            var token = state is not null && how == "by another caller" ? other : server.Token;
            return (await server.SendAsync(
                HttpMethod.Post,
                "mcp",
                body.ToJsonString(),
                ("Authorization", "Bearer " + token),
                ("MCP-Protocol-Version", "2026-07-28"),
                ("Mcp-Method", "tools/call"),
                ("Mcp-Name", "animate_image"))).Body!;
        }
        var asked = await CallAsync(10, null);
        var state = asked["result"]!["requestState"]!.GetValue<string>();
        if (how == "used before")
        {
            await CallAsync(10, state);
        }

        var answer = await CallAsync(
            how == "for another call" ? 15 : 10,
            how == "altered" ? state.Replace("0.84", "9.84", StringComparison.Ordinal) : state);

        Assert.Equal("input_required", asked["result"]!["resultType"]!.GetValue<string>());
        Assert.Equal(code, answer["error"]?["code"]?.GetValue<int>());
        Assert.Equal(code is null ? "input_required" : null, answer["result"]?["resultType"]?.GetValue<string>());
        var bought = how == "used before" ? 1 : 0;
        await Eventually.IsSoAsync(async () => (await simulators.TasksAsync()).Count == bought, "no more is bought than was agreed to");
    }

    [Fact]
    public async Task A_running_call_answers_before_the_server_goes_and_its_job_is_there_afterwards()
    {
        using var library = new TestLibrary();
        var photo = await TestMedia.StillAsync(library);
        await using var server = await HttpServer.StartAsync(library, "", ("I2V__Jobs__PauseAt", "running"));
        await using var client = await server.ConnectAsync("2026-07-28");
        var call = client
            .CallToolAsync(
                "animate_image",
                new Dictionary<string, object?>
                {
                    ["image"] = photo,
                    ["duration_seconds"] = 1,
                    ["resolution"] = "480p",
                    ["wait_seconds"] = 8,
                })
            .AsTask();
        await Eventually.IsSoAsync(() => File.Exists(Path.Combine(library.Home, ".paused")), "the job is at work");

        var code = await server.EndAsync();
        var answer = ToolAnswer.FromResult(await call).ShouldSucceed();

        Assert.Equal(0, code);
        Assert.Equal("running", answer.State);
        await using var assistant = await Assistant.StartAsync(library);
        Assert.Equal("succeeded", (await assistant.CallAsync("check_job", new { id = "job-1", wait_seconds = 60 })).State);
    }

    [Fact]
    public async Task Beyond_this_machine_a_token_must_be_made_first_and_no_token_is_never_allowed()
    {
        using var library = new TestLibrary();
        Dictionary<string, string> home = new() { ["I2V_HOME"] = library.Home };

        var open = await Shell.RunAsync(Assistant.ProgramPath, "serve --http http://0.0.0.0:39999 --no-token", home);
        var none = await Shell.RunAsync(Assistant.ProgramPath, "serve --http http://0.0.0.0:39999", home);
        var wrong = await Shell.RunAsync(Assistant.ProgramPath, "serve --http nonsense", home);

        Assert.Equal((1, 1, 1), (open.Code, none.Code, wrong.Code));
        Assert.Contains("--no-token", open.Error, StringComparison.Ordinal);
        Assert.Contains("token create", none.Error, StringComparison.Ordinal);
        Assert.Contains("127.0.0.1:3920", wrong.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_a_token_this_machine_comes_in_and_a_foreign_page_does_not()
    {
        using var library = new TestLibrary();
        await using var server = await HttpServer.StartAsync(library, "--no-token");

        Assert.Equal(200, (await server.SendAsync(HttpMethod.Post, "mcp", Requests.Initialize)).Status);
        Assert.Equal(403, (await server.SendAsync(HttpMethod.Post, "mcp", Requests.Initialize, ("Origin", "https://evil.example"))).Status);
        Assert.Equal(200, (int)(await server.Http.GetAsync(new Uri(server.Origin, "healthz"))).StatusCode);
        Assert.Equal(200, (int)(await server.Http.GetAsync(new Uri(server.Origin, "readyz"))).StatusCode);
        Assert.Equal(403, (await server.SendAsync(HttpMethod.Post, "webhooks/fal", "{}")).Status);
        Assert.Equal(404, (await server.SendAsync(HttpMethod.Get, "gallery/../../etc/passwd", null)).Status);
    }
}
