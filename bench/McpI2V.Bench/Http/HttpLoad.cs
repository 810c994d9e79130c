using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json.Nodes;

namespace McpI2V.Bench.Http;

/// <summary>Sends one call again and again on many connections, each with a session of its own, and counts answers.</summary>
internal sealed class HttpLoad(int port)
{
    private const string Initialize = """{"jsonrpc":"2.0","id":1,"method":"initialize","params":{"protocolVersion":"2025-11-25","capabilities":{},"clientInfo":{"name":"load","version":"1"}}}""";
    private const string Initialized = """{"jsonrpc":"2.0","method":"notifications/initialized"}""";
    private static readonly byte[] EndOfChunks = "\r\n0\r\n\r\n"u8.ToArray();
    private readonly List<(Socket Socket, byte[] Request)> connections = [];

    /// <summary>Opens connections.</summary>
    /// <param name="count">How many.</param>
    /// <param name="call">What each will send.</param>
    /// <param name="isStateless">True for protocol 2026-07-28; else each begins a session.</param>
    public async Task OpenAsync(int count, string call, bool isStateless)
    {
        for (var i = 0; i < count; i++)
        {
            var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            await socket.ConnectAsync(IPAddress.Loopback, port);
            var headers = "MCP-Protocol-Version: 2026-07-28\r\nMcp-Method: tools/call\r\nMcp-Name: list_models\r\n";
            if (!isStateless)
            {
                var begun = await AskAsync(socket, Request(Initialize, ""), new byte[1 << 20]);
                var session = begun
                    .Split('\n')
                    .Single(l => l.StartsWith("mcp-session-id:", StringComparison.OrdinalIgnoreCase))
                    .Split(':', 2)[1].Trim();
                headers = $"MCP-Protocol-Version: 2025-11-25\r\nMcp-Session-Id: {session}\r\n";
                await AskAsync(socket, Request(Initialized, headers), new byte[1 << 20]);
            }
            connections.Add((socket, Request(call, headers)));
        }
    }

    /// <summary>Sends for so long; returns answers a second and how long each took, in milliseconds, in order.</summary>
    public async Task<(double PerSecond, List<double> Milliseconds)> RunAsync(TimeSpan duration)
    {
        var started = Stopwatch.GetTimestamp();
        var times = await Task.WhenAll(connections.Select(c => Task.Run(async () =>
        {
            List<double> mine = [];
            var buffer = new byte[1 << 20];
            while (Stopwatch.GetElapsedTime(started) < duration)
            {
                var sent = Stopwatch.GetTimestamp();
                await c.Socket.SendAsync(c.Request);
                await ReceiveAsync(c.Socket, buffer);
                mine.Add(Stopwatch.GetElapsedTime(sent).TotalMilliseconds);
            }
            return mine;
        })));
        var all = times.SelectMany(t => t).Order().ToList();
        return (all.Count / Stopwatch.GetElapsedTime(started).TotalSeconds, all);
    }

    /// <summary>The result of one answer, which comes as one message or as an event of a stream.</summary>
    public async Task<JsonNode> OnceAsync()
    {
        var response = await AskAsync(connections[0].Socket, connections[0].Request, new byte[1 << 20]);
        var json = response[response.IndexOf("{\"", StringComparison.Ordinal)..(response.LastIndexOf('}') + 1)];
        return JsonNode.Parse(json)!["result"]!;
    }

    private byte[] Request(string body, string headers) => Encoding.ASCII.GetBytes(
        $"POST /mcp HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nAccept: application/json, text/event-stream\r\nContent-Type: " +
            $"application/json\r\n{headers}Content-Length: {body.Length}\r\n\r\n{body}");

    private static async Task<string> AskAsync(Socket socket, byte[] request, byte[] buffer)
    {
        await socket.SendAsync(request);
        return Encoding.UTF8.GetString(buffer, 0, await ReceiveAsync(socket, buffer));
    }

    // Until the chunks end, or as many bytes as were promised have come.
    private static async Task<int> ReceiveAsync(Socket socket, byte[] buffer)
    {
        var have = 0;
        var (whole, isChunked) = (-1, false);
        while (true)
        {
            var read = await socket.ReceiveAsync(buffer.AsMemory(have));
            if (read == 0)
            {
                throw new IOException("the server closed the connection");
            }
            have += read;
            if (whole < 0 && !isChunked && buffer.AsSpan(0, have).IndexOf("\r\n\r\n"u8) is > 0 and var end)
            {
                var head = Encoding.ASCII.GetString(buffer, 0, end);
                if (!head.StartsWith("HTTP/1.1 20", StringComparison.Ordinal))
                {
                    throw new IOException(Encoding.UTF8.GetString(buffer, 0, have));
                }
                isChunked = head.Contains("chunked", StringComparison.OrdinalIgnoreCase);
                var length = head.Split('\n').FirstOrDefault(l => l.StartsWith("content-length:", StringComparison.OrdinalIgnoreCase));
                whole = isChunked
                    ? -1
                    : end + 4 + (length is null ? 0 : int.Parse(length.Split(':')[1], System.Globalization.CultureInfo.InvariantCulture));
            }
            if (isChunked ? buffer.AsSpan(0, have).EndsWith(EndOfChunks) : whole >= 0 && have >= whole)
            {
                return have;
            }
        }
    }
}
