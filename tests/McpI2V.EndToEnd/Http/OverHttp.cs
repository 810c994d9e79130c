using ModelContextProtocol.Client;

namespace McpI2V.EndToEnd.Http;

/// <summary>The same server over HTTP: both lifecycles of the protocol, and the door.</summary>
public sealed class OverHttp
{
    private const string Meta = """ "_meta":{"io.modelcontextprotocol/protocolVersion":"2026-07-28","io.modelcontextprotocol/clientCapabilities":{}} """;
    private const string Initialize = """{"jsonrpc":"2.0","id":1,"method":"initialize","params":{"protocolVersion":"2025-06-18","capabilities":{},"clientInfo":{"name":"c","version":"1"}}}""";
    private const string List = """{"jsonrpc":"2.0","id":7,"method":"tools/list","params":{}}""";
    private static readonly string StatelessList = "{\"jsonrpc\":\"2.0\",\"id\":7,\"method\":\"tools/list\",\"params\":{" + Meta + "}}";

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
        var made = ToolAnswer.FromResult(await client.CallToolAsync("animate_image", new Dictionary<string, object?> { ["image"] = photo, ["duration_seconds"] = 1, ["resolution"] = "480p" }));

        Assert.Equal(11, tools.Count);
        Assert.Equal(protocol, client.NegotiatedProtocolVersion);
        Assert.True(File.Exists(made.ShouldSucceed().Path));
    }

    // What comes in wrong: the request, and the exact refusal.
    public static TheoryData<string, string, string?, string[], int, int> Wrong => new()
    {
        { "no token", "POST", List, ["Authorization="], 401, -32000 },
        { "a wrong token", "POST", List, ["Authorization=Bearer i2v_wrong"], 401, -32000 },
        { "a token in another scheme", "POST", List, ["Authorization=Basic aTJ2OmkydjEyMzQ1"], 401, -32000 },
        { "an empty token", "POST", List, ["Authorization=Bearer "], 401, -32000 },
        { "a foreign page", "POST", List, ["Origin=https://evil.example"], 403, -32000 },
        { "a page without a host", "POST", List, ["Origin=null"], 403, -32000 },
        { "a rebound name", "POST", List, ["Host=evil.example"], 403, -32000 },
        { "a rebound name on our port", "POST", List, ["Host=127.0.0.1.nip.io"], 403, -32000 },
        { "malformed JSON", "POST", "{", [], 400, -32700 },
        { "no body", "POST", "", [], 400, -32700 },
        { "a text", "POST", "\"hello\"", [], 400, -32600 },
        { "a batch", "POST", $"[{List}]", [], 400, -32600 },
        { "a null id", "POST", """{"jsonrpc":"2.0","id":null,"method":"tools/list"}""", [], 400, -32600 },
        { "another JSON-RPC", "POST", """{"jsonrpc":"1.0","id":1,"method":"tools/list"}""", [], 400, -32600 },
        { "nested far too deep", "POST", new string('[', 5000), [], 400, -32700 },
        { "no Accept", "POST", List, ["Accept="], 406, -32000 },
        { "JSON alone", "POST", List, ["Accept=application/json"], 406, -32000 },
        { "a stream alone", "POST", List, ["Accept=text/event-stream"], 406, -32000 },
        { "another type", "POST", List, ["Content-Type=text/plain"], 415, -32000 },
        { "no session", "POST", List, [], 400, -32000 },
        { "a guessed session", "POST", List, ["Mcp-Session-Id=AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"], 404, -32001 },
        { "a version of yesterday", "POST", List, ["MCP-Protocol-Version=1999-01-01"], 400, -32022 },
        { "a version of tomorrow", "POST", List, ["MCP-Protocol-Version=2999-01-01"], 400, -32022 },
        { "a version that the handshake contradicts", "POST", Initialize, ["MCP-Protocol-Version=2025-11-25"], 400, -32020 },
        { "no stream without a session", "GET", null, [], 400, -32000 },
        { "a stream of a guessed session", "GET", null, ["Mcp-Session-Id=guessed"], 404, -32001 },
        { "a stream without its type", "GET", null, ["Accept=application/json", "Mcp-Session-Id=guessed"], 406, -32000 },
        { "the end of a guessed session", "DELETE", null, ["Mcp-Session-Id=guessed"], 404, -32001 },
        { "stateless without a method header", "POST", StatelessList, ["MCP-Protocol-Version=2026-07-28"], 400, -32020 },
        { "stateless with another method", "POST", StatelessList, ["MCP-Protocol-Version=2026-07-28", "Mcp-Method=tools/call"], 400, -32020 },
        { "stateless without metadata", "POST", List, ["MCP-Protocol-Version=2026-07-28", "Mcp-Method=tools/list"], 400, -32602 },
        { "stateless metadata without its header", "POST", StatelessList, [], 400, -32020 },
        { "stateless metadata under an older header", "POST", StatelessList, ["MCP-Protocol-Version=2025-11-25"], 400, -32020 },
        { "stateless without capabilities", "POST", """{"jsonrpc":"2.0","id":7,"method":"tools/list","params":{"_meta":{"io.modelcontextprotocol/protocolVersion":"2026-07-28"}}}""", ["MCP-Protocol-Version=2026-07-28", "Mcp-Method=tools/list"], 400, -32602 },
        { "a stateless handshake", "POST", "{\"jsonrpc\":\"2.0\",\"id\":7,\"method\":\"initialize\",\"params\":{" + Meta + "}}", ["MCP-Protocol-Version=2026-07-28", "Mcp-Method=initialize"], 404, -32601 },
        { "an unknown method", "POST", "{\"jsonrpc\":\"2.0\",\"id\":7,\"method\":\"tools/eat\",\"params\":{" + Meta + "}}", ["MCP-Protocol-Version=2026-07-28", "Mcp-Method=tools/eat"], 404, -32601 },
        { "a call without a name", "POST", "{\"jsonrpc\":\"2.0\",\"id\":7,\"method\":\"tools/call\",\"params\":{\"name\":\"list_models\"," + Meta + "}}", ["MCP-Protocol-Version=2026-07-28", "Mcp-Method=tools/call"], 400, -32020 },
        { "a call under another name", "POST", "{\"jsonrpc\":\"2.0\",\"id\":7,\"method\":\"tools/call\",\"params\":{\"name\":\"list_models\"," + Meta + "}}", ["MCP-Protocol-Version=2026-07-28", "Mcp-Method=tools/call", "Mcp-Name=cancel_job"], 400, -32020 },
        { "a name that is no base64", "POST", "{\"jsonrpc\":\"2.0\",\"id\":7,\"method\":\"tools/call\",\"params\":{\"name\":\"list_models\"," + Meta + "}}", ["MCP-Protocol-Version=2026-07-28", "Mcp-Method=tools/call", "Mcp-Name==?base64?***?="], 400, -32020 },
        { "a stateless stream", "GET", null, ["MCP-Protocol-Version=2026-07-28"], 405, -32000 },
        { "a stateless end", "DELETE", null, ["MCP-Protocol-Version=2026-07-28"], 405, -32000 },
    };

    [Fact]
    public async Task What_comes_in_wrong_gets_the_refusal_that_the_protocol_names()
    {
        using var library = new TestLibrary();
        await using var server = await HttpServer.StartAsync(library);
        List<string> faults = [];

        foreach (var row in Wrong)
        {
            var (what, method, body, headers, status, code) = row.Data;
            var pairs = headers.Select(h => h.Split('=', 2)).Select(h => (h[0], h[1].Length == 0 ? null : h[1])).ToArray();
            var (gotStatus, json, response) = await server.SendAsync(new HttpMethod(method), "mcp", body, pairs);
            var gotCode = json?["error"]?["code"]?.GetValue<int>();
            if (gotStatus != status || gotCode != code || response.Headers.Contains("Server"))
            {
                faults.Add($"{what}: {gotStatus} and {gotCode}, not {status} and {code}: {json?["error"]?["message"]}");
            }
        }

        Assert.True(Wrong.Count >= 40, $"{Wrong.Count} attacks");
        Assert.True(faults.Count == 0, string.Join('\n', faults));
    }

    [Fact]
    public async Task A_session_is_its_callers_own_and_ends_when_it_says_so()
    {
        using var library = new TestLibrary();
        await using var server = await HttpServer.StartAsync(library);
        var (_, other, _) = await Shell.RunAsync(Assistant.ProgramPath, "token create other", new Dictionary<string, string> { ["I2V_HOME"] = library.Home });
        var (_, _, begun) = await server.SendAsync(HttpMethod.Post, "mcp", Initialize);
        var session = begun.Headers.GetValues("Mcp-Session-Id").Single();

        var mine = await server.SendAsync(HttpMethod.Post, "mcp", List, ("Mcp-Session-Id", session));
        var foreign = await server.SendAsync(HttpMethod.Post, "mcp", List, ("Mcp-Session-Id", session), ("Authorization", "Bearer " + other.Trim()));
        var ended = await server.SendAsync(HttpMethod.Delete, "mcp", null, ("Mcp-Session-Id", session));
        var after = await server.SendAsync(HttpMethod.Post, "mcp", List, ("Mcp-Session-Id", session));

        Assert.Equal((200, 404, 204, 404), (mine.Status, foreign.Status, ended.Status, after.Status));
        Assert.True(session.Length >= 32, "it can't be guessed");
    }

    [Fact]
    public async Task A_revoked_token_opens_nothing_from_then_on_and_a_bound_one_spends_nothing()
    {
        await using var vendors = await SimulatedProviders.StartAsync();
        using var library = new TestLibrary();
        var photo = await TestMedia.StillAsync(library);
        await using var server = await HttpServer.StartAsync(library, "", vendors.Settings("Fal"));
        Dictionary<string, string> home = new() { ["I2V_HOME"] = library.Home };
        var looker = (await Shell.RunAsync(Assistant.ProgramPath, "token create looker --scope use", home)).Output.Trim();
        await using (var client = await server.ConnectAsync("2025-11-25", looker))
        {
            ToolAnswer.FromResult(await client.CallToolAsync("animate_image", new Dictionary<string, object?> { ["image"] = photo, ["prompt"] = "push in", ["model"] = "kling-3" })).ShouldBe("input_forbidden", "token", "Nothing was spent");
            ToolAnswer.FromResult(await client.CallToolAsync("animate_image", new Dictionary<string, object?> { ["image"] = photo, ["prompt"] = "push in", ["model"] = "local-camera", ["duration_seconds"] = 1, ["resolution"] = "480p" })).ShouldSucceed();
        }

        await Shell.RunAsync(Assistant.ProgramPath, "token revoke looker", home);

        Assert.Equal(401, (await server.SendAsync(HttpMethod.Post, "mcp", Initialize, ("Authorization", "Bearer " + looker))).Status);
        Assert.Equal(200, (await server.SendAsync(HttpMethod.Post, "mcp", Initialize)).Status);
        Assert.Empty(await vendors.TasksAsync());
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
            ("Mcp-Session-Id", (await server.SendAsync(HttpMethod.Post, "mcp", Initialize.Replace("2025-06-18", "2025-11-25", StringComparison.Ordinal))).Response.Headers.GetValues("Mcp-Session-Id").Single());
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
            new HttpClientTransport(new HttpClientTransportOptions { Endpoint = new Uri(server.Origin, "mcp"), AdditionalHeaders = new Dictionary<string, string> { ["Authorization"] = "Bearer " + server.Token } }),
            new McpClientOptions
            {
                ProtocolVersion = "2025-06-18",
#pragma warning disable MCP9005 // An attacker says what it likes.
                Handlers = new McpClientHandlers { RootsHandler = (_, _) => ValueTask.FromResult(new ModelContextProtocol.Protocol.ListRootsResult { Roots = [new ModelContextProtocol.Protocol.Root { Uri = "file:///" }] }) },
#pragma warning restore MCP9005
            });

        ToolAnswer.FromResult(await client.CallToolAsync("generate_still", new Dictionary<string, object?> { ["prompt"] = "x", ["from"] = new[] { secret } })).ShouldBe("input_forbidden");
    }

    [Fact]
    public async Task A_body_that_is_too_large_is_cut_and_one_that_drips_too()
    {
        using var library = new TestLibrary();
        await using var server = await HttpServer.StartAsync(library);

        var (status, json, _) = await server.SendAsync(HttpMethod.Post, "mcp", "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"" + new string('x', 9_000_000), ("Expect", "100-continue"));

        Assert.Equal(413, status);
        using var large = new System.Net.Sockets.TcpClient();
        await large.ConnectAsync("127.0.0.1", server.Origin.Port);
        await large.GetStream().WriteAsync(System.Text.Encoding.ASCII.GetBytes($"POST /mcp HTTP/1.1\r\nHost: 127.0.0.1:{server.Origin.Port}\r\nAuthorization: Bearer {server.Token}\r\nAccept: application/json, text/event-stream\r\nContent-Type: application/json\r\nContent-Length: 1000000000\r\n\r\n{{"));
        var refusal = new byte[12];
        await large.GetStream().ReadExactlyAsync(refusal);
        Assert.Equal("HTTP/1.1 413", System.Text.Encoding.ASCII.GetString(refusal));
        Assert.Equal(-32600, json!["error"]!["code"]!.GetValue<int>());
        using var slow = new System.Net.Sockets.TcpClient();
        await slow.ConnectAsync("127.0.0.1", server.Origin.Port);
        await using var stream = slow.GetStream();
        await stream.WriteAsync(System.Text.Encoding.ASCII.GetBytes($"POST /mcp HTTP/1.1\r\nHost: 127.0.0.1:{server.Origin.Port}\r\nAuthorization: Bearer {server.Token}\r\nAccept: application/json, text/event-stream\r\nContent-Type: application/json\r\nContent-Length: 1000\r\n\r\n{{"));
        var answer = new byte[20];
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(40));
        var read = await stream.ReadAsync(answer, patience.Token);
        Assert.True(read == 0 || System.Text.Encoding.ASCII.GetString(answer).Contains("408", StringComparison.Ordinal), System.Text.Encoding.ASCII.GetString(answer));
    }

    [Fact]
    public async Task More_sessions_streams_and_requests_than_there_may_be_are_refused_and_the_rest_goes_on()
    {
        using var library = new TestLibrary();
        await using (var server = await HttpServer.StartAsync(library, "--no-token", ("I2V__Http__MaxSessions", "2")))
        {
            var sessions = new List<string>();
            for (var i = 0; i < 3; i++)
            {
                sessions.Add((await server.SendAsync(HttpMethod.Post, "mcp", Initialize)).Response.Headers.GetValues("Mcp-Session-Id").Single());
            }
            var statuses = new List<int>();
            foreach (var session in sessions)
            {
                statuses.Add((await server.SendAsync(HttpMethod.Post, "mcp", List, ("Mcp-Session-Id", session))).Status);
            }
            Assert.Equal([404, 200, 200], statuses);
        }
        await using (var server = await HttpServer.StartAsync(library, "--no-token", ("I2V__Http__MaxConcurrent", "10")))
        {
            const string Listen = "{\"jsonrpc\":\"2.0\",\"id\":7,\"method\":\"subscriptions/listen\",\"params\":{\"notifications\":{}," + Meta + "}}";
            (string, string?)[] headers = [("MCP-Protocol-Version", "2026-07-28"), ("Mcp-Method", "subscriptions/listen")];
            var streams = Enumerable.Range(0, 10).Select(_ => server.ListenAsync(Listen, headers).GetAsyncEnumerator()).ToList();
            foreach (var stream in streams)
            {
                Assert.True(await stream.MoveNextAsync());
            }
            var refused = await Task.WhenAll(Enumerable.Range(0, 200).Select(_ => server.SendAsync(HttpMethod.Post, "mcp", Listen, headers)));
            Assert.All(refused, r => Assert.Equal((429, -32000), (r.Status, r.Body!["error"]!["code"]!.GetValue<int>())));
            foreach (var stream in streams)
            {
                await stream.DisposeAsync();
            }
            await Eventually.IsSoAsync(async () => (await server.SendAsync(HttpMethod.Post, "mcp", Initialize)).Status == 200, "there is room again");
        }
        await using (var server = await HttpServer.StartAsync(library, "--no-token", ("I2V__Http__RequestsPerMinute", "10")))
        {
            var answers = new List<int>();
            for (var i = 0; i < 20; i++)
            {
                answers.Add((await server.SendAsync(HttpMethod.Post, "mcp", Initialize)).Status);
            }
            Assert.Contains(429, answers);
            Assert.Equal(200, answers[0]);
        }
    }

    [Theory]
    [InlineData("altered", -32602)]
    [InlineData("for another call", null)]
    [InlineData("by another caller", null)]
    [InlineData("used before", null)]
    public async Task A_state_that_comes_back_otherwise_than_it_went_out_buys_nothing(string how, int? code)
    {
        await using var vendors = await SimulatedProviders.StartAsync();
        using var library = new TestLibrary();
        var photo = await TestMedia.StillAsync(library);
        await using var server = await HttpServer.StartAsync(library, "", [.. vendors.Settings("Fal"), ("I2V__Budget__ApproveAboveUsd", "0.5")]);
        var other = (await Shell.RunAsync(Assistant.ProgramPath, "token create other --scope use --scope spend", new Dictionary<string, string> { ["I2V_HOME"] = library.Home })).Output.Trim();
        async Task<System.Text.Json.Nodes.JsonNode> CallAsync(int seconds, string? state)
        {
            var parameters = System.Text.Json.Nodes.JsonNode.Parse($$"""{"name":"animate_image","arguments":{"prompt":"push in","model":"kling-3","fresh":true,"duration_seconds":{{seconds}},"wait_seconds":0},"_meta":{"io.modelcontextprotocol/protocolVersion":"2026-07-28","io.modelcontextprotocol/clientCapabilities":{"elicitation":{} } } }""")!;
            parameters["arguments"]!["image"] = photo;
            if (state is not null)
            {
                parameters["requestState"] = state;
                parameters["inputResponses"] = System.Text.Json.Nodes.JsonNode.Parse("""{"approval":{"action":"accept","content":{"approve":true}}}""");
            }
            var body = new System.Text.Json.Nodes.JsonObject { ["jsonrpc"] = "2.0", ["id"] = 1, ["method"] = "tools/call", ["params"] = parameters };
            var token = state is not null && how == "by another caller" ? other : server.Token;
            return (await server.SendAsync(HttpMethod.Post, "mcp", body.ToJsonString(), ("Authorization", "Bearer " + token), ("MCP-Protocol-Version", "2026-07-28"), ("Mcp-Method", "tools/call"), ("Mcp-Name", "animate_image"))).Body!;
        }
        var asked = await CallAsync(10, null);
        var state = asked["result"]!["requestState"]!.GetValue<string>();
        if (how == "used before")
        {
            await CallAsync(10, state);
        }

        var answer = await CallAsync(how == "for another call" ? 15 : 10, how == "altered" ? state.Replace("0.84", "9.84", StringComparison.Ordinal) : state);

        Assert.Equal("input_required", asked["result"]!["resultType"]!.GetValue<string>());
        Assert.Equal(code, answer["error"]?["code"]?.GetValue<int>());
        Assert.Equal(code is null ? "input_required" : null, answer["result"]?["resultType"]?.GetValue<string>());
        var bought = how == "used before" ? 1 : 0;
        await Eventually.IsSoAsync(async () => (await vendors.TasksAsync()).Count == bought, "no more is bought than was agreed to");
    }

    [Fact]
    public async Task A_reader_who_does_not_read_is_cut()
    {
        using var library = new TestLibrary();
        await Shell.FfmpegAsync($"-f rawvideo -s 640x360 -pix_fmt yuv420p -r 30 -i /dev/urandom -frames:v 36 -c:v libx264 -qp 0 -preset ultrafast \"{library.Input("noise.mp4")}\"");
        await using var server = await HttpServer.StartAsync(library);
        await using var client = await server.ConnectAsync("2026-07-28");
        await client.CallToolAsync("edit_clip", new Dictionary<string, object?> { ["clip"] = library.Input("noise.mp4"), ["operations"] = new object[] { new { op = "mute" } }, ["dry_run"] = true });
        var found = await client.CallToolAsync("find_assets", new Dictionary<string, object?> { ["handle"] = "clip-1" });
        var link = new Uri(found.Content.OfType<ModelContextProtocol.Protocol.ResourceLinkBlock>().Single().Uri);
        var whole = new FileInfo(library.Input("noise.mp4")).Length;
        using var slow = new System.Net.Sockets.TcpClient { ReceiveBufferSize = 32_768 };
        await slow.ConnectAsync("127.0.0.1", link.Port);
        await slow.GetStream().WriteAsync(System.Text.Encoding.ASCII.GetBytes($"GET {link.PathAndQuery} HTTP/1.1\r\nHost: 127.0.0.1:{link.Port}\r\n\r\n"));

        await Task.Delay(TimeSpan.FromSeconds(45));
        var read = 0L;
        try
        {
            var buffer = new byte[65_536];
            for (int some; (some = await slow.GetStream().ReadAsync(buffer)) > 0; read += some)
            {
            }
        }
        catch (IOException)
        {
            // Cut off.
        }

        Assert.True(whole > 10_000_000, $"{whole} bytes");
        Assert.True(read < whole, $"{read} of {whole} bytes came");
    }

    [Fact]
    public async Task A_running_call_answers_before_the_server_goes_and_its_job_is_there_afterwards()
    {
        using var library = new TestLibrary();
        var photo = await TestMedia.StillAsync(library);
        await using var server = await HttpServer.StartAsync(library, "", ("I2V__Jobs__PauseAt", "running"));
        await using var client = await server.ConnectAsync("2026-07-28");
        var call = client.CallToolAsync("animate_image", new Dictionary<string, object?> { ["image"] = photo, ["duration_seconds"] = 1, ["resolution"] = "480p", ["wait_seconds"] = 8 }).AsTask();
        await Eventually.IsSoAsync(() => Task.FromResult(File.Exists(Path.Combine(library.Home, ".paused"))), "the job is at work");

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

        Assert.Equal(200, (await server.SendAsync(HttpMethod.Post, "mcp", Initialize)).Status);
        Assert.Equal(403, (await server.SendAsync(HttpMethod.Post, "mcp", Initialize, ("Origin", "https://evil.example"))).Status);
        Assert.Equal(200, (int)(await server.Http.GetAsync(new Uri(server.Origin, "healthz"))).StatusCode);
        Assert.Equal(200, (int)(await server.Http.GetAsync(new Uri(server.Origin, "readyz"))).StatusCode);
        Assert.Equal(403, (await server.SendAsync(HttpMethod.Post, "webhooks/fal", "{}")).Status);
        Assert.Equal(404, (await server.SendAsync(HttpMethod.Get, "gallery/../../etc/passwd", null)).Status);
    }
}
