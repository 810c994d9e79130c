using System.Net;
using System.Net.NetworkInformation;

namespace McpI2V.EndToEnd.Http;

/// <summary>More than there may be: of bytes, sessions, streams and patience.</summary>
public sealed class BoundsOverHttp
{
    [Fact]
    public async Task A_body_that_is_too_large_is_cut_and_one_that_drips_too()
    {
        using var library = new TestLibrary();
        await using var server = await HttpServer.StartAsync(library);

        var (status, json, _) = await server.SendAsync(
            HttpMethod.Post,
            "mcp",
            "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"" + new string('x', 9_000_000),
            ("Expect", "100-continue"));

        Assert.Equal(413, status);
        using var large = new System.Net.Sockets.TcpClient();
        await large.ConnectAsync("127.0.0.1", server.Origin.Port);
        await large
            .GetStream()
            .WriteAsync(System.Text.Encoding.ASCII.GetBytes($"POST /mcp HTTP/1.1\r\nHost: " +
                $"127.0.0.1:{server.Origin.Port}\r\nAuthorization: Bearer {server.Token}\r\nAccept: application/json, " +
                $"text/event-stream\r\nContent-Type: application/json\r\nContent-Length: 1000000000\r\n\r\n{{"));
        var refusal = new byte[12];
        await large.GetStream().ReadExactlyAsync(refusal);
        Assert.Equal("HTTP/1.1 413", System.Text.Encoding.ASCII.GetString(refusal));
        Assert.Equal(-32600, json!["error"]!["code"]!.GetValue<int>());
        using var slow = new System.Net.Sockets.TcpClient();
        await slow.ConnectAsync("127.0.0.1", server.Origin.Port);
        await using var stream = slow.GetStream();
        await stream.WriteAsync(System.Text.Encoding.ASCII.GetBytes($"POST /mcp HTTP/1.1\r\nHost: " +
            $"127.0.0.1:{server.Origin.Port}\r\nAuthorization: Bearer {server.Token}\r\nAccept: application/json, " +
            $"text/event-stream\r\nContent-Type: application/json\r\nContent-Length: 1000\r\n\r\n{{"));
        var answer = new byte[20];
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(40));
        var read = await stream.ReadAsync(answer, patience.Token);
        Assert.True(
            read == 0 || System.Text.Encoding.ASCII.GetString(answer).Contains("408", StringComparison.Ordinal),
            System.Text.Encoding.ASCII.GetString(answer));
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
                sessions.Add((await server.SendAsync(HttpMethod.Post, "mcp", Requests.Initialize)).Response.Headers
                    .GetValues("Mcp-Session-Id")
                    .Single());
            }
            var statuses = new List<int>();
            foreach (var session in sessions)
            {
                statuses.Add((await server.SendAsync(HttpMethod.Post, "mcp", Requests.List, ("Mcp-Session-Id", session))).Status);
            }
            Assert.Equal([404, 200, 200], statuses);
        }
        await using (var server = await HttpServer.StartAsync(library, "--no-token", ("I2V__Http__MaxConcurrent", "10")))
        {
            const string Listen = "{\"jsonrpc\":\"2.0\",\"id\":7,\"method\":\"subscriptions/listen\",\"params\":{\"notifications\":{}," +
                Requests.Meta + "}}";
            (string, string?)[] headers = [("MCP-Protocol-Version", "2026-07-28"), ("Mcp-Method", "subscriptions/listen")];
            var streams = Enumerable.Range(0, 10).Select(_ => server.ListenAsync(Listen, headers).GetAsyncEnumerator()).ToList();
            foreach (var stream in streams)
            {
                Assert.True(await stream.MoveNextAsync());
            }
            var refused = await Task.WhenAll(Enumerable.Range(0, 200).Select(_ => server.SendAsync(
                HttpMethod.Post,
                "mcp",
                Listen,
                headers)));
            Assert.All(refused, r => Assert.Equal((429, -32000), (r.Status, r.Body!["error"]!["code"]!.GetValue<int>())));
            foreach (var stream in streams)
            {
                await stream.DisposeAsync();
            }
            await Eventually.IsSoAsync(
                async () => (await server.SendAsync(HttpMethod.Post, "mcp", Requests.Initialize)).Status == 200,
                "there is room again");
        }
        await using (var server = await HttpServer.StartAsync(library, "--no-token", ("I2V__Http__RequestsPerMinute", "10")))
        {
            var answers = new List<int>();
            for (var i = 0; i < 20; i++)
            {
                answers.Add((await server.SendAsync(HttpMethod.Post, "mcp", Requests.Initialize)).Status);
            }
            Assert.Contains(429, answers);
            Assert.Equal(200, answers[0]);
        }
    }

    [Fact]
    public async Task A_reader_who_does_not_read_is_cut()
    {
        using var library = new TestLibrary();
        await Shell.FfmpegAsync($"-f rawvideo -s 640x360 -pix_fmt yuv420p -r 30 -i /dev/urandom -frames:v 36 -c:v libx264 -qp 0 -preset " +
            $"ultrafast \"{library.Input("noise.mp4")}\"");
        await using var server = await HttpServer.StartAsync(library);
        await using var client = await server.ConnectAsync("2026-07-28");
        await client.CallToolAsync(
            "edit_clip",
            new Dictionary<string, object?>
            {
                ["clip"] = library.Input("noise.mp4"),
                ["operations"] = new object[] { new { op = "mute" } },
                ["dry_run"] = true,
            });
        var found = await client.CallToolAsync("find_assets", new Dictionary<string, object?> { ["handle"] = "clip-1" });
        var link = new Uri(found.Content.OfType<ModelContextProtocol.Protocol.ResourceLinkBlock>().Single().Uri);
        var whole = new FileInfo(library.Input("noise.mp4")).Length;
        using var slow = new System.Net.Sockets.TcpClient { ReceiveBufferSize = 32_768 };
        await slow.ConnectAsync("127.0.0.1", link.Port);
        await slow
            .GetStream()
            .WriteAsync(System.Text.Encoding.ASCII.GetBytes($"GET {link.PathAndQuery} HTTP/1.1\r\nHost: 127.0.0.1:{link.Port}\r\n\r\n"));

        var port = ((IPEndPoint)slow.Client.LocalEndPoint!).Port;
        await Eventually.IsSoAsync(
            () => !IPGlobalProperties.GetIPGlobalProperties().GetActiveTcpConnections().Any(
                c => c.LocalEndPoint.Port == link.Port && c.RemoteEndPoint.Port == port && c.State == TcpState.Established),
            "the server closes the connection");
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
}
