using System.Net;
using System.Net.Sockets;
using System.Text;
using McpI2V.Access;
using McpI2V.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;

namespace McpI2V.Tests.Fuzzing;

/// <summary>Requests as they come over the line, altered anywhere: the whole server answers each, never with an unforeseen fault.</summary>
public sealed class ForeignRequests : IAsyncLifetime
{
    private const string Body = """{"jsonrpc":"2.0","id":7,"method":"tools/call","params":{"name":"find_assets","arguments":{"query":"a_%","limit":5,"kind":"clip"},"_meta":{"io.modelcontextprotocol/protocolVersion":"2026-07-28","io.modelcontextprotocol/clientCapabilities":{}}}}""";

    private static readonly string[] Requests =
    [
        "POST /mcp HTTP/1.1\r\nHost: 127.0.0.1:#P\r\nConnection: close\r\nOrigin: http://localhost:#P\r\nAccept: " +
        "application/json, text/event-stream\r\nContent-Type: application/json\r\nMCP-Protocol-Version: 2026-07-28\r\nMcp-Method: " +
        "tools/call\r\nMcp-Name: find_assets\r\nContent-Length: #L\r\n\r\n" + Body,
        "POST /mcp HTTP/1.1\r\nHost: 127.0.0.1:#P\r\nConnection: close\r\nAccept: application/json, text/event-stream\r\nContent-Type: " +
            "application/json; charset=utf-8\r\nTransfer-Encoding: " +
            "chunked\r\n\r\n8c\r\n{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"initialize\",\"params\":{\"protocolVersion\":\"2025-11-25\"," +
            "\"capabilities\":{},\"clientInfo\":{\"name\":\"c\",\"version\":\"1\"}}}\r\n0\r\n\r\n",
        "GET /mcp HTTP/1.1\r\nHost: 127.0.0.1:#P\r\nConnection: close\r\nAccept: text/event-stream\r\nMcp-Session-Id: " +
            "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA\r\nLast-Event-ID: AAAAAAAAAAAAAAAAAAAAAAAA_5\r\n\r\n",
        "DELETE /mcp HTTP/1.1\r\nHost: localhost:#P\r\nConnection: close\r\nMcp-Session-Id: AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA\r\n\r\n",
        "GET /media/clip-1?expires=1795000000&signature=00ff HTTP/1.1\r\nHost: 127.0.0.1:#P\r\nConnection: close\r\nRange: " +
            "bytes=0-99,200-\r\nIf-Range: \"x\"\r\nIf-None-Match: \"y\"\r\n\r\n",
        "GET /gallery/batch-1?expires=1795000000&signature=00ff HTTP/1.1\r\nHost: 127.0.0.1:#P\r\nConnection: close\r\n\r\n",
        "PUT /upload/AAAAAAAAAAAAAAAAAAAAAAAA?expires=1795000000&signature=00ff HTTP/1.1\r\nHost: 127.0.0.1:#P\r\nConnection: " +
            "close\r\nContent-Type: image/jpeg\r\nContent-Length: 4\r\n\r\nabcd",
        "POST /webhooks/fal HTTP/1.1\r\nHost: 127.0.0.1:#P\r\nConnection: close\r\nX-Fal-Webhook-Request-Id: a\r\nX-Fal-Webhook-User-Id: " +
            "b\r\nX-Fal-Webhook-Timestamp: 1795000000\r\nX-Fal-Webhook-Signature: 00ff\r\nContent-Length: 2\r\n\r\n{}",
    ];

    private static readonly TimeSpan WaitsForTheRest = TimeSpan.FromMilliseconds(60);

    private readonly string home = Directory.CreateTempSubdirectory("i2v-fuzz-").FullName;
    private WebApplication? app;
    private int port;

    public async ValueTask InitializeAsync()
    {
        Environment.SetEnvironmentVariable("I2V_HOME", home);
        app = ProgramHost.Build(new ListenPolicy(new Uri("http://127.0.0.1:0"), NeedsToken: false));
        await app.StartAsync();
        port = new Uri(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First()).Port;
    }

    public async ValueTask DisposeAsync()
    {
        await app!.StopAsync();
        await app.DisposeAsync();
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        Directory.Delete(home, recursive: true);
    }

    [Fact]
    public async Task Each_is_answered_and_the_server_goes_on()
    {
        await FuzzRun.PlayAsync("requests", 300, async mutate =>
        {
            var written = mutate.One(Requests);
            // Half of them are altered where HTTP itself ends: in the body, of the right length.
            var body = written.Contains("#L", StringComparison.Ordinal) && mutate.One([true, false]) ? mutate.Text(Body) : null;
            var altered = body is null ? mutate.Text(written) : written.Replace(Body, body, StringComparison.Ordinal);
            var request = altered
                .Replace("#P", $"{port}", StringComparison.Ordinal)
                .Replace("#L", $"{Encoding.UTF8.GetByteCount(body ?? Body)}", StringComparison.Ordinal);

            var answer = await AskAsync(request);

            Assert.False(answer.StartsWith("HTTP/1.1 500", StringComparison.Ordinal), $"{request}\n{answer}");
            Assert.DoesNotContain("An error occurred.", answer, StringComparison.Ordinal);
            Assert.DoesNotContain("unexpectedly", answer, StringComparison.Ordinal);
        });

        using var another = new HttpClient();
        Assert.Equal(HttpStatusCode.OK, (await another.GetAsync(new Uri($"http://127.0.0.1:{port}/healthz"))).StatusCode);
    }

    // What comes back; nothing where the server hangs up. It waits for what was cut off, so an end is sent where no answer comes:
    // not at once, since the server gives up an answer whose asker has hung up.
    private async Task<string> AskAsync(string request)
    {
        using var line = new TcpClient();
        await line.ConnectAsync("127.0.0.1", port);
        await using var stream = line.GetStream();
        try
        {
            await stream.WriteAsync(Encoding.UTF8.GetBytes(request));
            using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(15));
            var answer = new StreamReader(stream).ReadToEndAsync(patience.Token);
            if (await Task.WhenAny(answer, Task.Delay(WaitsForTheRest, patience.Token)) != answer)
            {
                line.Client.Shutdown(SocketShutdown.Send);
            }
            return await answer;
        }
        catch (Exception e) when (e is IOException or OperationCanceledException or SocketException)
        {
            return "";
        }
    }
}
