using System.Net;
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
        using var watched = new CancellationTokenSource();
        var most = MostHandlesAsync(server.ProcessId, watched.Token);
        for (var burst = 0; burst < 4; burst++)
        {
            Knock(server, 700);
        }
        await watched.CancelAsync();
        Assert.InRange(await most, 1, 450);

        await Eventually.IsSoAsync(() => IsWellAsync(server), "it is well once the closed connections are let go");
        var call = """{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"find_assets","arguments":{}}}""";
        var (_, body, _) = await server.SendAsync(HttpMethod.Post, "mcp", call, ("MCP-Protocol-Version", "2025-06-18"));
        Assert.NotNull(body);
    }

    private static async Task<bool> IsWellAsync(HttpServer server)
    {
        try
        {
            return (await server.Http.GetAsync(new Uri(server.Origin, "healthz"))).IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    // All of them at once: none waits for the one before it.
    private static void Knock(HttpServer server, int callers)
    {
        var held = Enumerable.Range(0, callers).Select(_ => new Socket(SocketType.Stream, ProtocolType.Tcp) { Blocking = false }).ToList();
        foreach (var socket in held)
        {
            try
            {
                socket.Connect(IPAddress.Loopback, server.Origin.Port);
            }
            catch (SocketException still) when (still.SocketErrorCode is SocketError.WouldBlock or SocketError.InProgress)
            {
                // It connects by itself.
            }
        }
        held.ForEach(s => s.Dispose());
    }

    private static Task<int> MostHandlesAsync(int process, CancellationToken until) => Task.Run(
        () =>
        {
            var most = 0;
            while (!until.IsCancellationRequested)
            {
                most = Math.Max(most, Directory.GetFiles($"/proc/{process}/fd").Length);
            }
            return most;
        },
        CancellationToken.None);

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
