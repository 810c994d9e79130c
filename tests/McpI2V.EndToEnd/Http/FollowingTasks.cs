using System.Text.Json.Nodes;
using ModelContextProtocol.Client;
using ModelContextProtocol.Protocol;

namespace McpI2V.EndToEnd.Http;

/// <summary>Long calls as tasks of protocol 2026-07-28, for clients that declare the extension.</summary>
public sealed class FollowingTasks
{
    private const string Token = "i2v_a-token-of-the-test-that-follows-tasks";
    private static readonly (string Name, string Value) Door = ("I2V__Http__Tokens", Token);

    private static JsonObject Clip(string photo, string more = "") =>
        Call("animate_image", $$"""{"image": {{Text(photo)}}, "duration_seconds": 1, "resolution": "480p" {{more}}}""");

    [Fact]
    public async Task A_clip_is_a_task_that_ends_with_the_tools_own_answer()
    {
        using var library = new TestLibrary();
        var photo = await TestMedia.StillAsync(library);
        await using var server = await HttpServer.StartAsync(library, "", Door);

        var begun = (await AskAsync(server, "tools/call", Clip(photo)))["result"]!;
        var id = begun["taskId"]!.GetValue<string>();
        var done = await EndOfAsync(server, id);

        Assert.Equal(("task", "working"), (Word(begun, "resultType"), Word(begun, "status")));
        Assert.True(id.Length >= 32, "it can't be guessed");
        Assert.True(begun["ttlMs"]!.GetValue<long>() >= 3_600_000 && begun["pollIntervalMs"]!.GetValue<long>() is >= 500 and <= 10_000);
        Assert.Equal(("complete", "completed"), (Word(done, "resultType"), Word(done, "status")));
        Assert.True(File.Exists(ToolAnswer.FileOf(done["result"]!["structuredContent"]!["assets"]![0]!)));
        Assert.Contains(done["result"]!["content"]!.AsArray(), c => c!["type"]!.GetValue<string>() == "image");
        Assert.StartsWith(
            server.Origin.AbsoluteUri,
            done["result"]!["content"]!.AsArray().Single(c => Word(c!, "type") == "resource_link")!["uri"]!.GetValue<string>(),
            StringComparison.Ordinal);
        Assert.True(DateTimeOffset.Parse(Word(done, "lastUpdatedAt")!, null) >= DateTimeOffset.Parse(Word(begun, "createdAt")!, null));
    }

    [Fact]
    public async Task What_needs_no_time_is_answered_at_once_and_what_fails_ends_as_the_tools_error()
    {
        using var library = new TestLibrary();
        var photo = await TestMedia.StillAsync(library);
        await using var server = await HttpServer.StartAsync(library, "", Door);

        var plan = (await AskAsync(server, "tools/call", Clip(photo, """, "dry_run": true""")))["result"]!;
        var wrong = (await AskAsync(server, "tools/call", Clip(library.Input("nothing.jpg"))))["result"]!;
        var list = (await AskAsync(server, "tools/call", Call("list_models", "{}")))["result"]!;
        var first = (await AskAsync(server, "tools/call", Clip(photo)))["result"]!;
        await EndOfAsync(server, Word(first, "taskId")!);
        var again = (await AskAsync(server, "tools/call", Clip(photo)))["result"]!;

        Assert.All([plan, list, again], r => Assert.Equal("complete", Word(r, "resultType")));
        Assert.Equal("not_found", Word(wrong["structuredContent"]!["error"]!, "code"));
        Assert.True(wrong["isError"]!.GetValue<bool>());
        Assert.Equal("clip-1", again["structuredContent"]!["assets"]![0]!["handle"]!.GetValue<string>());
    }

    [Fact]
    public async Task A_task_is_its_callers_own_and_only_for_those_who_declare_that_they_follow()
    {
        using var library = new TestLibrary();
        var photo = await TestMedia.StillAsync(library);
        await using var server = await HttpServer.StartAsync(library, "", Door);
        var other = (await Shell.RunAsync(
            Assistant.ProgramPath,
            "token create other",
            new Dictionary<string, string> { ["I2V_HOME"] = library.Home })).Output.Trim();
        var id = Word((await AskAsync(server, "tools/call", Clip(photo)))["result"]!, "taskId")!;
        async Task<int?> Refusal(string method, string parameters, string token = Token, bool follows = true) =>
            (await AskAsync(server, method, JsonNode.Parse(parameters)!.AsObject(), token, follows))["error"]?["code"]?.GetValue<int>();

        Assert.Equal(-32602, await Refusal("tasks/get", $$"""{"taskId": "{{id}}"}""", other));
        Assert.Equal(-32602, await Refusal("tasks/cancel", $$"""{"taskId": "{{id}}"}""", other));
        Assert.Equal(-32602, await Refusal("tasks/update", $$"""{"taskId": "{{id}}", "inputResponses": {} }""", other));
        Assert.Equal(-32602, await Refusal("tasks/get", """{"taskId": "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"}"""));
        Assert.Equal(-32602, await Refusal("tasks/update", $$"""{"taskId": "{{id}}"}"""));
        Assert.Equal(-32021, await Refusal("tasks/get", $$"""{"taskId": "{{id}}"}""", follows: false));
        Assert.Equal("completed", Word(await EndOfAsync(server, id), "status"));
        var plain = (await AskAsync(server, "tools/call", Clip(photo, """, "seed": 5"""), follows: false))["result"]!;
        Assert.Equal("complete", Word(plain, "resultType"));
        Assert.Single(plain["structuredContent"]!["assets"]!.AsArray());
    }

    [Fact]
    public async Task A_conversation_of_2025_has_no_such_methods()
    {
        using var library = new TestLibrary();
        await using var server = await HttpServer.StartAsync(library, "", Door);
        await using var client = await server.ConnectAsync("2025-11-25", Token);

        var refused = await Assert.ThrowsAsync<ModelContextProtocol.McpProtocolException>(() => client.SendRequestAsync(new JsonRpcRequest
        {
            Method = "tasks/get",
            Params = JsonNode.Parse("""{"taskId": "x"}"""),
        }));

        Assert.Equal(ModelContextProtocol.McpErrorCode.MethodNotFound, refused.ErrorCode);
    }

    [Theory]
    [InlineData("""{"action": "accept", "content": {"approve": true}}""", true)]
    [InlineData("""{"action": "accept", "content": {"approve": false}}""", false)]
    [InlineData("""{"action": "decline"}""", false)]
    public async Task A_dear_clip_waits_for_the_users_word_and_takes_it_once(string word, bool isMade)
    {
        await using var simulators = await SimulatedProviders.StartAsync();
        using var library = new TestLibrary();
        var photo = await TestMedia.StillAsync(library);
        await using var server = await HttpServer.StartAsync(
            library,
            "",
            [Door, .. simulators.Settings("Fal"), ("I2V__Budget__ApproveAboveUsd", "0.5")]);
        var dear = Call(
            "animate_image",
            $$"""{"image": {{Text(photo)}}, "prompt": "slow push in", "model": "kling-3", "duration_seconds": 10}""");

        var id = Word((await AskAsync(server, "tools/call", dear))["result"]!, "taskId")!;
        var asking = (await GetAsync(server, id))!;
        var (key, question) = asking["inputRequests"]!.AsObject().Single();
        var answer = new JsonObject { ["taskId"] = id, ["inputResponses"] = new JsonObject { [key] = JsonNode.Parse(word) } };
        var misplaced = new JsonObject { ["taskId"] = id, ["inputResponses"] = new JsonObject { ["approval-99"] = JsonNode.Parse(word) } };
        await AskAsync(server, "tasks/update", misplaced);
        Assert.Equal("input_required", Word(await GetAsync(server, id), "status"));
        Assert.Empty(await simulators.TasksAsync());
        // A client that lost the answer says it again: the user is taken at their first word.
        await Task.WhenAll(
            AskAsync(server, "tasks/update", (JsonObject)answer.DeepClone()),
            AskAsync(server, "tasks/update", (JsonObject)answer.DeepClone()));
        var done = await EndOfAsync(server, id);

        Assert.Equal("input_required", Word(asking, "status"));
        Assert.Equal("elicitation/create", Word(question!, "method"));
        Assert.Contains("$0.84", question!["params"]!["message"]!.GetValue<string>(), StringComparison.Ordinal);
        Assert.Equal("completed", Word(done, "status"));
        Assert.Equal(isMade ? 1 : 0, (await simulators.TasksAsync()).Count);
        Assert.Equal(!isMade, done["result"]!["isError"]?.GetValue<bool>() ?? false);
        if (!isMade)
        {
            Assert.Equal("canceled", Word(done["result"]!["structuredContent"]!["error"]!, "code"));
        }
    }

    [Fact]
    public async Task An_answer_that_is_none_is_refused_and_the_question_stays_open()
    {
        await using var simulators = await SimulatedProviders.StartAsync();
        using var library = new TestLibrary();
        var photo = await TestMedia.StillAsync(library);
        await using var server = await HttpServer.StartAsync(
            library,
            "",
            [Door, .. simulators.Settings("Fal"), ("I2V__Budget__ApproveAboveUsd", "0.5")]);
        var id = Word(
            (await AskAsync(
                server,
                "tools/call",
                Call(
                    "animate_image",
                    $$"""{"image": {{Text(photo)}}, "prompt": "slow push in", "model": "kling-3", "duration_seconds": 10}""")))["result"]!,
            "taskId")!;
        var key = (await GetAsync(server, id))["inputRequests"]!.AsObject().Single().Key;

        var refused = await AskAsync(
            server,
            "tasks/update",
            new JsonObject { ["taskId"] = id, ["inputResponses"] = new JsonObject { [key] = "yes" } });

        Assert.Equal(-32602, refused["error"]!["code"]!.GetValue<int>());
        Assert.Equal("input_required", Word(await GetAsync(server, id), "status"));
        await AskAsync(server, "tasks/cancel", new JsonObject { ["taskId"] = id });
        Assert.Equal("cancelled", Word(await GetAsync(server, id), "status"));
        await AskAsync(
            server,
            "tasks/update",
            new JsonObject
            {
                ["taskId"] = id,
                ["inputResponses"] = new JsonObject { [key] = JsonNode.Parse("""{"action": "accept", "content": {"approve": true}}""") },
            });
        Assert.Equal("cancelled", Word(await GetAsync(server, id), "status"));
        Assert.Empty(await simulators.TasksAsync());
        Assert.Equal(0, LibraryAudit.Reserved(library));
    }

    [Fact]
    public async Task Calling_a_task_off_calls_its_job_off()
    {
        using var library = new TestLibrary();
        var clip = await TestMedia.ClipAsync(library, seconds: 20, size: "720x1280");
        await using var server = await HttpServer.StartAsync(library, "", Door);
        var id = Word(
            (await AskAsync(
                server,
                "tools/call",
                Call("edit_clip", $$"""{"clip": {{Text(clip)}}, "operations": [{"op": "speed", "factor": 0.5, "interpolate": true}]}""")))["result"]!,
            "taskId")!;
        await Eventually.IsSoAsync(() => Assistant.FfmpegIn(library).Count > 0, "ffmpeg is at work");

        var said = await AskAsync(server, "tasks/cancel", new JsonObject { ["taskId"] = id });

        Assert.Equal("complete", Word(said["result"]!, "resultType"));
        await Eventually.IsSoAsync(async () => Word(await GetAsync(server, id), "status") == "cancelled", "the task is canceled");
        await Eventually.IsSoAsync(() => Assistant.FfmpegIn(library).Count == 0, "ffmpeg is ended");
    }

    [Theory]
    [InlineData("submitting")]
    [InlineData("running")]
    [InlineData("fetching")]
    public async Task A_task_outlives_a_killed_server_and_is_found_done(string moment)
    {
        using var library = new TestLibrary();
        var photo = await TestMedia.StillAsync(library);
        string id;
        await using (var first = await HttpServer.StartAsync(library, "", Door, ("I2V__Jobs__PauseAt", moment)))
        {
            id = Word((await AskAsync(first, "tools/call", Clip(photo)))["result"]!, "taskId")!;
            await Eventually.IsSoAsync(
                async () => Word(await GetAsync(first, id), "statusMessage")!.Contains(moment, StringComparison.Ordinal),
                $"the job comes to {moment}");
            await first.KillAsync();
        }

        await using var second = await HttpServer.StartAsync(library, "", Door);
        var done = await EndOfAsync(second, id);

        Assert.Equal("completed", Word(done, "status"));
        Assert.True(File.Exists(ToolAnswer.FileOf(done["result"]!["structuredContent"]!["assets"]![0]!)));
        Assert.Single(library.MediaFiles, f => f.EndsWith(".mp4", StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_open_question_outlives_a_killed_server_and_the_clip_is_paid_once()
    {
        await using var simulators = await SimulatedProviders.StartAsync();
        using var library = new TestLibrary();
        var photo = await TestMedia.StillAsync(library);
        (string, string)[] settings = [Door, .. simulators.Settings("Fal"), ("I2V__Budget__ApproveAboveUsd", "0.5")];
        var dear = Call(
            "animate_image",
            $$"""{"image": {{Text(photo)}}, "prompt": "slow push in", "model": "kling-3", "duration_seconds": 10}""");
        string id;
        await using (var first = await HttpServer.StartAsync(library, "", settings))
        {
            id = Word((await AskAsync(first, "tools/call", dear))["result"]!, "taskId")!;
            await first.KillAsync();
        }
        await using (var second = await HttpServer.StartAsync(library, "", [.. settings, ("I2V__Jobs__PauseAt", "submitting")]))
        {
            var key = (await GetAsync(second, id))["inputRequests"]!.AsObject().Single().Key;
            await AskAsync(
                second,
                "tasks/update",
                new JsonObject
                {
                    ["taskId"] = id,
                    ["inputResponses"] = new JsonObject
                    {
                        [key] = JsonNode.Parse("""{"action": "accept", "content": {"approve": true}}"""),
                    },
                });
            await second.KillAsync();
        }

        await using var third = await HttpServer.StartAsync(library, "", settings);
        var done = await EndOfAsync(third, id);

        Assert.Equal("completed", Word(done, "status"));
        Assert.Single(await simulators.TasksAsync());
        Assert.Single(await simulators.BillAsync());
    }

    [Fact]
    public async Task Who_listens_is_told_of_their_own_tasks_and_of_no_others()
    {
        using var library = new TestLibrary();
        var photo = await TestMedia.StillAsync(library);
        await using var server = await HttpServer.StartAsync(library, "", Door);
        var other = (await Shell.RunAsync(
            Assistant.ProgramPath,
            "token create other",
            new Dictionary<string, string> { ["I2V_HOME"] = library.Home })).Output.Trim();
        var foreign = Word((await AskAsync(server, "tools/call", Clip(photo, """, "seed": 9"""), other))["result"]!, "taskId")!;
        var id = Word((await AskAsync(server, "tools/call", Clip(photo)))["result"]!, "taskId")!;

        List<JsonNode> told = [];
        await foreach (var message in server.ListenAsync(
            Body(
                "subscriptions/listen",
                JsonNode.Parse($$"""{"notifications": {"toolsListChanged": true, "taskIds": ["{{id}}", "{{foreign}}", "nothing"]} }""")!.AsObject(),
                follows: true),
            [("Authorization", "Bearer " + Token), ("MCP-Protocol-Version", "2026-07-28"), ("Mcp-Method", "subscriptions/listen")]))
        {
            told.Add(message);
            if (message["params"]!["status"]?.GetValue<string>() == "completed")
            {
                break;
            }
        }

        Assert.Equal("notifications/subscriptions/acknowledged", Word(told[0], "method"));
        Assert.Equal($$"""{"taskIds":["{{id}}"]}""", told[0]["params"]!["notifications"]!.ToJsonString());
        Assert.All(told, m => Assert.Equal("1", m["params"]!["_meta"]!["io.modelcontextprotocol/subscriptionId"]!.GetValue<string>()));
        Assert.All(
            told.Skip(1),
            m => Assert.Equal(("notifications/tasks", id), (Word(m, "method"), m["params"]!["taskId"]!.GetValue<string>())));
        Assert.NotNull(told[^1]["params"]!["result"]!["structuredContent"]);
    }

    [Fact]
    public async Task Over_stdio_it_is_the_same()
    {
        using var library = new TestLibrary();
        var photo = await TestMedia.StillAsync(library);
        var options = new McpClientOptions
        {
            ClientInfo = new Implementation { Name = "follows", Version = "1" },
            ProtocolVersion = "2026-07-28",
            Capabilities = new ClientCapabilities
            {
                Extensions = new Dictionary<string, object> { ["io.modelcontextprotocol/tasks"] = new JsonObject() },
            },
        };
        await using var assistant = await Assistant.StartAsync(library, options);
        async Task<JsonNode> Ask(string method, JsonObject parameters) =>
            (await assistant.Client.SendRequestAsync(new JsonRpcRequest { Method = method, Params = parameters })).Result!;

        var begun = await Ask("tools/call", Clip(photo));
        var id = Word(begun, "taskId")!;
        JsonNode now = begun;
        await Eventually.IsSoAsync(
            async () => Word(now = await Ask("tasks/get", new JsonObject { ["taskId"] = id }), "status") == "completed",
            "it is done");

        Assert.Equal("task", Word(begun, "resultType"));
        Assert.True(File.Exists(ToolAnswer.FileOf(now["result"]!["structuredContent"]!["assets"]![0]!)));
        var link = now["result"]!["content"]!.AsArray().Single(c => Word(c!, "type") == "resource_link")!["uri"]!.GetValue<string>();
        Assert.Equal(new Uri(now["result"]!["structuredContent"]!["assets"]![0]!["path"]!.GetValue<string>()).AbsoluteUri, link);
        var read = (BlobResourceContents)(await assistant.Client.ReadResourceAsync(link)).Contents.Single();
        Assert.Equal("video/mp4", read.MimeType);
        Assert.Equal(await File.ReadAllBytesAsync(new Uri(link).LocalPath), read.DecodedData.ToArray());
    }

    private static JsonObject Call(string tool, string arguments) => new() { ["name"] = tool, ["arguments"] = JsonNode.Parse(arguments) };

    private static string? Word(JsonNode node, string name) => node[name]?.GetValue<string>();

    private static string Text(string value) => JsonValue.Create(value).ToJsonString();

    private static async Task<JsonNode> AskAsync(
        HttpServer server,
        string method,
        JsonObject parameters,
        string token = Token,
        bool follows = true)
    {
        var body = Body(method, parameters, follows);
        var name = (parameters["taskId"] ?? parameters["name"])!.GetValue<string>();
        var (_, json, _) = await server.SendAsync(
            HttpMethod.Post,
            "mcp",
            body,
            ("Authorization", "Bearer " + token),
            ("MCP-Protocol-Version", "2026-07-28"),
            ("Mcp-Method", method),
            ("Mcp-Name", name));
        return json!;
    }

    private static string Body(string method, JsonObject parameters, bool follows)
    {
        var capabilities = follows
            ? JsonNode.Parse("""{"elicitation": {}, "extensions": {"io.modelcontextprotocol/tasks": {}}}""")
            : new JsonObject();
        parameters["_meta"] = new JsonObject
        {
            ["io.modelcontextprotocol/protocolVersion"] = "2026-07-28",
            ["io.modelcontextprotocol/clientCapabilities"] = capabilities,
        };
        return new JsonObject { ["jsonrpc"] = "2.0", ["id"] = 1, ["method"] = method, ["params"] = parameters }.ToJsonString();
    }

    private static async Task<JsonNode> GetAsync(HttpServer server, string id) =>
        (await AskAsync(server, "tasks/get", new JsonObject { ["taskId"] = id }))["result"]!;

    private static async Task<JsonNode> EndOfAsync(HttpServer server, string id)
    {
        JsonNode now = new JsonObject();
        await Eventually.IsSoAsync(async () => Word(now = await GetAsync(server, id), "status") is not "working", "the task ends");
        return now;
    }
}
