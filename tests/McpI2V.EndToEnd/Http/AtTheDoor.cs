using System.Net.Sockets;
using System.Text;
using System.Text.Json.Nodes;

namespace McpI2V.EndToEnd.Http;

/// <summary>Who comes in over HTTP, with how much, and what they learn of the server's machine.</summary>
public sealed class AtTheDoor : IDisposable
{
    private const string Listen = "{\"jsonrpc\":\"2.0\",\"id\":7,\"method\":\"subscriptions/listen\",\"params\":{\"notifications\":{}," +
        "\"_meta\":{\"io.modelcontextprotocol/protocolVersion\":\"2026-07-28\",\"io.modelcontextprotocol/clientCapabilities\":{}}}}";
    private static readonly TimeSpan Soon = TimeSpan.FromMinutes(1);
    private readonly TestLibrary library = new();

    private Dictionary<string, string> Home => new() { ["I2V_HOME"] = library.Home };

    public void Dispose() => library.Dispose();

    [Fact]
    public async Task A_revoked_token_has_its_streams_closed()
    {
        await using var server = await HttpServer.StartAsync(library);
        var (revoked, other, before) = (await TokenAsync("revoked"), await TokenAsync("other"), await TokenAsync("before"));
        var begun = await server.SendAsync(HttpMethod.Post, "mcp", Requests.Initialize, ("Authorization", "Bearer " + revoked));
        var session = begun.Response.Headers.GetValues("Mcp-Session-Id").Single();
        Task<HttpResponseMessage> ListenAsync(string token) => server.OpenStreamAsync(
            Listen,
            ("Authorization", "Bearer " + token),
            ("MCP-Protocol-Version", "2026-07-28"),
            ("Mcp-Method", "subscriptions/listen"));
        Task[] closed =
        [
            EndAsync(await server.OpenStreamAsync(null, ("Authorization", "Bearer " + revoked), ("Mcp-Session-Id", session))),
            EndAsync(await ListenAsync(revoked)),
        ];
        var stays = EndAsync(await ListenAsync(other));
        var earlier = EndAsync(await ListenAsync(before));

        await Shell.RunAsync(Assistant.ProgramPath, "token revoke before", Home);
        await earlier.WaitAsync(Soon);
        Assert.All(closed, c => Assert.False(c.IsCompleted, "it is open while the token is good"));
        await Shell.RunAsync(Assistant.ProgramPath, "token revoke revoked", Home);
        await Task.WhenAll(closed).WaitAsync(Soon);

        Assert.False(stays.IsCompleted, "another's stays open");
    }

    private static async Task EndAsync(HttpResponseMessage stream)
    {
        using var reader = new StreamReader(await stream.Content.ReadAsStreamAsync());
        try
        {
            while (await reader.ReadLineAsync() is { } line)
            {
                Assert.DoesNotContain("\"error\"", line, StringComparison.Ordinal);
            }
        }
        catch (Exception e) when (e is IOException or HttpRequestException)
        {
            // Cut.
        }
    }

    [Theory]
    [InlineData("[{\"name\":")]
    [InlineData("[null]")]
    [InlineData("{}")]
    [InlineData("[{\"name\":\"a\",\"hash\":null,\"scopes\":[\"use\"],\"created_at\":\"\"}]")]
    public async Task A_damaged_token_file_is_told_and_once_mended_it_opens_the_door_again(string damage)
    {
        await using var server = await HttpServer.StartAsync(library);
        var file = Path.Combine(library.Home, "http-tokens.json");
        var good = await File.ReadAllTextAsync(file);

        await File.WriteAllTextAsync(file, damage);
        File.SetLastWriteTimeUtc(file, new DateTime(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc));
        var (status, body, response) = await server.SendAsync(HttpMethod.Post, "mcp", Requests.Initialize);
        var doctor = await Shell.RunAsync(Assistant.ProgramPath, "doctor", Home);
        await File.WriteAllTextAsync(file, good);

        Assert.Equal((503, -32000), (status, body!["error"]!["code"]!.GetValue<int>()));
        Assert.Contains("http-tokens.json", body["error"]!["message"]!.GetValue<string>(), StringComparison.Ordinal);
        Assert.DoesNotContain(library.Home, body.ToJsonString(), StringComparison.Ordinal);
        Assert.NotNull(response.Headers.RetryAfter);
        Assert.Contains("FAULT", doctor.Output, StringComparison.Ordinal);
        Assert.Contains(file, doctor.Output, StringComparison.Ordinal);
        Assert.Equal(200, (await server.SendAsync(HttpMethod.Post, "mcp", Requests.Initialize)).Status);
    }

    [Theory]
    [InlineData("models.json", "{\"models\":[null]}")]
    [InlineData("models.json", "{")]
    [InlineData("presets.json", "{\"presets\":[null]}")]
    [InlineData("presets.json", "[")]
    [InlineData("settings.json", "{")]
    public async Task The_doctor_names_every_damaged_file(string name, string damage)
    {
        Directory.CreateDirectory(library.Home);
        await File.WriteAllTextAsync(Path.Combine(library.Home, name), damage);

        var doctor = await Shell.RunAsync(Assistant.ProgramPath, "doctor", Home);

        Assert.Equal(1, doctor.Code);
        Assert.Contains(
            doctor.Output.Split('\n'),
            l => l.StartsWith("FAULT", StringComparison.Ordinal) && l.Contains(Path.Combine(library.Home, name), StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("{\"Inputs\":5}", "Inputs is no setting", "Inputs:Roots")]
    [InlineData("{\"Budget\":{\"DailyUds\":5}}", "Budget:DailyUds is no setting", "")]
    [InlineData("{\"Providers\":{\"Fal\":5}}", "Providers:Fal is no setting", "")]
    [InlineData("{\"Budget\":{\"DailyUsd\":{\"a\":5}}}", "Budget:DailyUsd:a is no setting", "")]
    public async Task A_setting_that_nobody_reads_is_told(string settings, string told, string also)
    {
        library.Set(JsonNode.Parse(settings)!.AsObject());

        var doctor = await Shell.RunAsync(Assistant.ProgramPath, "doctor", Home);

        Assert.Equal(1, doctor.Code);
        Assert.Contains(told, doctor.Output, StringComparison.Ordinal);
        Assert.Contains(also, doctor.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_list_in_the_file_of_settings_is_read()
    {
        library.Set(new JsonObject { ["Http"] = new JsonObject { ["AllowedHosts"] = new JsonArray("shop.example", "ads.example") } });
        await using var server = await HttpServer.StartAsync(library);

        Assert.Equal(200, (await server.SendAsync(HttpMethod.Post, "mcp", Requests.Initialize, ("Host", "ads.example"))).Status);
        Assert.NotEqual(200, (await server.SendAsync(HttpMethod.Post, "mcp", Requests.Initialize, ("Host", "evil.example"))).Status);
    }

    [Fact]
    public async Task A_token_that_could_be_guessed_is_refused_and_not_repeated()
    {
        var settings = Home;
        settings["I2V__Http__Tokens"] = "i2v_a-token-that-is-long-enough,xQz7";

        var (code, _, error) = await Shell.RunAsync(Assistant.ProgramPath, "serve --http http://127.0.0.1:39998", settings);

        Assert.Equal(1, code);
        Assert.Contains("at least 20", error, StringComparison.Ordinal);
        Assert.DoesNotContain("xQz7", error, StringComparison.Ordinal);
        Assert.NotEqual(0, (await Shell.RunAsync(Assistant.ProgramPath, "token create local", Home)).Code);
    }

    [Theory]
    [InlineData("http://[::1].evil.example", 403)]
    [InlineData("http://localhost.evil.example", 403)]
    [InlineData("http://127.0.0.1.evil.example", 403)]
    [InlineData("http://user@localhost", 403)]
    [InlineData("http://localhost@evil.example", 403)]
    [InlineData("http://localhost:80@evil.example", 403)]
    [InlineData("ftp://localhost", 403)]
    [InlineData("file://localhost", 403)]
    [InlineData("http://localhost/", 403)]
    [InlineData("http://localhost/x", 403)]
    [InlineData("http://localhost?x", 403)]
    [InlineData("http://localhost#x", 403)]
    [InlineData("http:localhost", 403)]
    [InlineData("http:\\\\localhost", 403)]
    [InlineData("http://0x7f.1", 403)]
    [InlineData("http://2130706433", 403)]
    [InlineData("http://localhost http://evil.example", 403)]
    [InlineData("null", 403)]
    [InlineData("http://localhost", 200)]
    [InlineData("http://localhost:5173", 200)]
    [InlineData("http://127.0.0.1:8080", 200)]
    [InlineData("http://[::1]:8080", 200)]
    public async Task Only_pages_of_this_machine_call_in(string origin, int status)
    {
        await using var server = await HttpServer.StartAsync(library, "--no-token");

        Assert.Equal(status, (await server.SendAsync(HttpMethod.Post, "mcp", Requests.Initialize, ("Origin", origin))).Status);
    }

    [Fact]
    public async Task A_caller_with_large_messages_on_their_way_keeps_nobody_else_out()
    {
        await using var server = await HttpServer.StartAsync(
            library,
            "",
            ("I2V__Http__MaxMegabytesInFlightPerCaller", "17"),
            ("I2V__Http__MaxMegabytesInFlight", "20"));
        var honest = await TokenAsync("honest");
        var large = Requests.Initialize[..^1] + ",\"x\":\"" + new string('x', 7_900_000) + "\"}";
        (string, string?)[] asHonest = [("Authorization", "Bearer " + honest)];
        List<TcpClient> slow = [];
        for (var i = 0; i < 2; i++)
        {
            slow.Add(new TcpClient());
            await slow[i].ConnectAsync("127.0.0.1", server.Origin.Port);
            await slow[i]
                .GetStream()
                .WriteAsync(Encoding.ASCII.GetBytes($"POST /mcp HTTP/1.1\r\nHost: 127.0.0.1:{server.Origin.Port}\r\nAuthorization: " +
                    $"Bearer {server.Token}\r\nAccept: application/json, text/event-stream\r\nContent-Type: " +
                    "application/json\r\nContent-Length: 7999999\r\nExpect: 100-continue\r\n\r\n"));
            // The server begins to read what it has counted.
            var goOn = new byte[12];
            await slow[i].GetStream().ReadExactlyAsync(goOn);
            Assert.Equal("HTTP/1.1 100", Encoding.ASCII.GetString(goOn));
        }
        var own = await server.SendAsync(HttpMethod.Post, "mcp", large);
        var others = await server.SendAsync(HttpMethod.Post, "mcp", large, asHonest);
        var small = await server.SendAsync(HttpMethod.Post, "mcp", Requests.Initialize, asHonest);
        slow.ForEach(s => s.Dispose());

        Assert.Equal((429, 503, 200), (own.Status, others.Status, small.Status));
        Assert.All([own, others], r => Assert.NotNull(r.Response.Headers.RetryAfter));
        Assert.All([own, others], r => Assert.Equal(-32000, r.Body!["error"]!["code"]!.GetValue<int>()));
        await Eventually.IsSoAsync(
            async () => (await server.SendAsync(HttpMethod.Post, "mcp", large)).Status == 200,
            "there is room again");
    }

    [Fact]
    public async Task Messages_whose_senders_hang_up_in_the_middle_leave_their_room()
    {
        await using var server = await HttpServer.StartAsync(library, "", ("I2V__Http__MaxMegabytesInFlightPerCaller", "8"));
        var large = Requests.Initialize[..^1] + ",\"x\":\"" + new string('x', 7_000_000) + "\"}";
        for (var i = 0; i < 200; i++)
        {
            using var line = new TcpClient();
            await line.ConnectAsync("127.0.0.1", server.Origin.Port);
            // Every other one hangs up only once the server has begun to read.
            var isRead = i % 2 == 0;
            await line.GetStream().WriteAsync(Encoding.ASCII.GetBytes(
                $"POST /mcp HTTP/1.1\r\nHost: 127.0.0.1:{server.Origin.Port}\r\nAuthorization: Bearer {server.Token}\r\n" +
                "Accept: application/json, text/event-stream\r\nContent-Type: application/json\r\nContent-Length: 30000\r\n" +
                (isRead ? "Expect: 100-continue\r\n\r\n" : "\r\n{")));
            if (isRead)
            {
                await line.GetStream().ReadExactlyAsync(new byte["HTTP/1.1 100 Continue\r\n\r\n".Length]);
                await line.GetStream().WriteAsync("{"u8.ToArray());
            }
        }

        await Eventually.IsSoAsync(
            async () => (await server.SendAsync(HttpMethod.Post, "mcp", large)).Status == 200,
            "there is room again");
    }

    [Fact]
    public async Task Captions_by_a_path_that_can_not_be_read_name_no_folder_of_the_server()
    {
        var clip = await TestMedia.ClipAsync(library, seconds: 1, size: "160x120");
        await using var server = await HttpServer.StartAsync(library);
        await using var client = await server.ConnectAsync("2026-07-28");

        foreach (var path in new[] { "/etc/passwd", "C:\\subs\\a.srt", "nothing.srt" })
        {
            var refused = ToolAnswer.FromResult(await client.CallToolAsync(
                "export_clip",
                new Dictionary<string, object?> { ["clip"] = clip, ["platforms"] = new[] { "reels" }, ["captions"] = path }));

            Assert.Contains(refused.Structured["error"]!["code"]!.GetValue<string>(), new[] { "input_forbidden", "not_found" });
            Assert.Contains("Pass its text", refused.Text, StringComparison.Ordinal);
            Assert.DoesNotContain(library.Inputs, refused.Text + refused.Structured.ToJsonString(), StringComparison.Ordinal);
            Assert.DoesNotContain(library.Home, refused.Text + refused.Structured.ToJsonString(), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_query_means_its_letters()
    {
        var photo = await TestMedia.StillAsync(library, "fifty percent.jpg");
        await using var assistant = await Assistant.StartAsync(library);
        (await assistant.CallAsync("animate_image", new { image = photo, dry_run = true })).ShouldSucceed();

        foreach (var (query, count) in new[]
        {
            ("%", 0),
            ("_", 0),
            ("fifty_percent", 0),
            ("f%t", 0),
            ("\\", 0),
            ("FIFTY", 1),
            ("fifty percent", 1),
            ("", 1),
        })
        {
            Assert.Equal(count, (await assistant.CallAsync("find_assets", new { query })).Assets.Count);
        }
        foreach (var (typed, count) in new[] { ("st", 1), ("still-1", 1), ("%", 0), ("_till", 0), ("", 1) })
        {
            var completed = await assistant.Client.CompleteAsync(
                new ModelContextProtocol.Protocol.ResourceTemplateReference { Uri = "i2v://assets/{handle}" },
                "handle",
                typed);
            Assert.Equal(count, completed.Completion.Values.Count);
        }
    }

    [Fact]
    public async Task What_was_sent_does_not_come_back_at_its_length()
    {
        var photo = await TestMedia.StillAsync(library);
        await using var server = await HttpServer.StartAsync(library);
        await using var client = await server.ConnectAsync("2026-07-28");
        var many = Enumerable.Range(0, 40_000).ToDictionary(i => $"option_{i}", i => (object?)i);
        var word = new string('w', 9_000);
        (string Tool, Dictionary<string, object?> Arguments)[] calls =
        [
            ("animate_image", new() { ["image"] = photo, ["options"] = many }),
            ("animate_image", many),
            ("animate_image", new() { ["image"] = photo, ["model"] = word }),
            ("animate_image", new() { ["image"] = photo, ["preset"] = word }),
            ("animate_image", new() { ["image"] = photo, ["aspect_ratio"] = word }),
            ("animate_image", new() { ["image"] = photo, ["elements"] = Enumerable.Repeat(word, 8) }),
            ("animate_image", new() { ["image"] = new string('p', 2_000_000) }),
            ("animate_image", new() { ["image"] = "https://" + new string('h', 2_000_000) }),
            ("find_assets", new() { ["handle"] = word }),
            ("edit_clip", new() { ["clip"] = word, ["operations"] = new object[] { new { op = word } } }),
            ("export_clip", new() { ["clip"] = word, ["platforms"] = new[] { word } }),
            ("cancel_job", new() { ["id"] = word }),
        ];

        foreach (var (tool, arguments) in calls)
        {
            var answer = ToolAnswer.FromResult(await client.CallToolAsync(tool, arguments));

            Assert.NotNull(answer.Structured["error"]);
            Assert.True(answer.Text.Length + answer.Structured.ToJsonString().Length < 12_000, $"{tool}: {answer.Text.Length} letters");
        }
    }

    [Fact]
    public async Task What_is_secret_or_private_is_nobody_elses_on_this_machine()
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }
        using var own = new TestLibrary(onServer: false);
        var home = Path.Combine(own.Home, "new");
        await Shell.RunAsync(Assistant.ProgramPath, "token create a", new Dictionary<string, string> { ["I2V_HOME"] = home });
        await Shell.RunAsync(Assistant.ProgramPath, "doctor", new Dictionary<string, string> { ["I2V_HOME"] = home });
        await using (var server = await HttpServer.StartAsync(own))
        {
            await using var client = await server.ConnectAsync("2026-07-28");
            await client.CallToolAsync("animate_image", new Dictionary<string, object?> { ["image"] = "/nowhere/a.jpg" });
        }

        const UnixFileMode Others = UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.GroupExecute
            | UnixFileMode.OtherRead | UnixFileMode.OtherWrite | UnixFileMode.OtherExecute;
        foreach (var path in new[]
        {
            home,
            Path.Combine(home, "http-tokens.json"),
            Path.Combine(home, "library.db"),
            Path.Combine(own.Home, "http-tokens.json"),
            Path.Combine(own.Home, "http-media.key"),
            Path.Combine(own.Home, "library.db"),
        })
        {
            Assert.True(File.Exists(path) || Directory.Exists(path), path);
            Assert.Equal(UnixFileMode.None, File.GetUnixFileMode(path) & Others);
        }
    }

    private async Task<string> TokenAsync(string name) =>
        (await Shell.RunAsync(Assistant.ProgramPath, $"token create {name}", Home)).Output.Trim();
}
