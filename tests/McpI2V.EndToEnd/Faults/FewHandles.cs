using System.Net.Sockets;
using McpI2V.EndToEnd.Clients;

namespace McpI2V.EndToEnd.Faults;

public sealed class FewHandles
{
    [Fact]
    public async Task Many_imports_at_once_need_few_handles()
    {
        using var library = new TestLibrary();
        var picture = await File.ReadAllBytesAsync(await TestMedia.StillAsync(library, "photo.png", 64, 64));
        await using var server = await RawLines.StartAsync(library, "ulimit -n 512");
        HashSet<int> open = [];
        for (var i = 0; i < 200; i++)
        {
            // A text before its end chunk makes it another picture.
            var data = Convert.ToBase64String([.. picture[..^12], 0, 0, 0, 2, .. "tEXt"u8, (byte)i, 1, 0, 0, 0, 0, .. picture[^12..]]);
            open.Add(await server.SendAsync(
                "tools/call",
                $$$"""{"name":"save_element","arguments":{"name":"e{{{i}}}","description":"x","images":["data:image/png;base64,{{{data}}}"]}}"""));
        }

        while (open.Count > 0)
        {
            var answer = await server.ReceiveAsync();
            if (answer["id"]?.GetValue<int>() is { } id && open.Remove(id))
            {
                Assert.True(answer["result"]?["isError"]?.GetValue<bool>() is null or false, answer.ToJsonString());
            }
        }

        Assert.Equal(200, library.MediaFiles.Count);
        Assert.InRange(Directory.GetFiles($"/proc/{server.ProcessId}/fd").Length, 1, 300);
    }

    [Fact]
    public async Task Connections_past_the_bound_are_closed_and_the_server_goes_on()
    {
        using var library = new TestLibrary();
        await using var server = await HttpServer.StartAfterAsync("ulimit -n 512", library);
        List<Socket> held = [];
        try
        {
            for (var i = 0; i < 700; i++)
            {
                var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
                held.Add(socket);
                await socket.ConnectAsync(server.Origin.Host, server.Origin.Port);
            }
        }
        finally
        {
            held.ForEach(s => s.Dispose());
        }

        var answered = 0;
        for (var attempt = 0; attempt < 50 && answered != 200; attempt++)
        {
            try
            {
                answered = (int)(await server.Http.GetAsync(new Uri(server.Origin, "healthz"))).StatusCode;
            }
            catch (HttpRequestException)
            {
                // The closed connections are still being let go.
                await Task.Delay(100);
            }
        }

        Assert.Equal(200, answered);
        var call = """{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"find_assets","arguments":{}}}""";
        var (_, body, _) = await server.SendAsync(HttpMethod.Post, "mcp", call, ("MCP-Protocol-Version", "2025-06-18"));
        Assert.NotNull(body);
    }

    [Fact]
    public async Task With_too_few_handles_the_server_says_so_instead_of_dying_later()
    {
        using var library = new TestLibrary();
        var (code, output, error) = await Shell.RunAsync(
            "/bin/bash",
            $"-c \"ulimit -n 200; '{Assistant.ProgramPath}' serve\"",
            new Dictionary<string, string> { ["I2V_HOME"] = library.Home });

        Assert.Equal(1, code);
        Assert.Empty(output);
        Assert.Contains("ulimit -n", error, StringComparison.Ordinal);
    }
}
