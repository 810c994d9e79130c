using System.Diagnostics;
using System.Net;
using System.Net.ServerSentEvents;
using System.Text;
using System.Text.Json.Nodes;
using McpI2V.Servers;
using ModelContextProtocol.Client;
using ModelContextProtocol.Protocol;

namespace McpI2V.EndToEnd;

/// <summary>The built program, serving over HTTP on loopback.</summary>
public sealed class HttpServer : IAsyncDisposable
{
    private readonly Process process;
    private readonly Task<string> errors;

    private HttpServer(Process process, Task<string> errors, Uri origin, string? token) =>
        (this.process, this.errors, Origin, Token) = (process, errors, origin, token);

    public Uri Origin { get; }

    public string? Token { get; }

    public int ProcessId => process.Id;

    public HttpClient Http { get; } = new(new SocketsHttpHandler { UseProxy = false, Expect100ContinueTimeout = TimeSpan.FromMinutes(1) })
    {
        Timeout = TimeSpan.FromMinutes(2),
    };

    public static Task<HttpServer> StartAsync(TestLibrary library, string arguments = "", params (string Name, string Value)[] settings) =>
        StartAsync(library, origin => new ProcessStartInfo(Assistant.ProgramPath, $"serve --http {origin} {arguments}"), settings);

    /// <summary>Starts the server in a shell, after a command such as <c>ulimit -n 512</c>.</summary>
    public static Task<HttpServer> StartAfterAsync(string before, TestLibrary library) =>
        StartAsync(
            library,
            origin => new ProcessStartInfo("/bin/bash", ["-c", $"{before}; exec \"{Assistant.ProgramPath}\" serve --http {origin}"]),
            []);

    private static async Task<HttpServer> StartAsync(
        TestLibrary library,
        Func<string, ProcessStartInfo> command,
        (string Name, string Value)[] settings)
    {
        var origin = new Uri($"http://127.0.0.1:{FreePort.Next()}");
        var start = command(origin.AbsoluteUri.TrimEnd('/'));
        (start.UseShellExecute, start.RedirectStandardOutput, start.RedirectStandardError) = (false, true, true);
        start.Environment["I2V_HOME"] = library.Home;
        start.Environment["I2V__Inputs__Roots"] = library.Inputs;
        foreach (var (name, value) in settings)
        {
            start.Environment[name] = value;
        }
        var process = Process.Start(start)!;
        _ = process.StandardOutput.ReadToEndAsync();
        var words = new StringBuilder();
        while (await process.StandardError.ReadLineAsync() is { } line)
        {
            words.AppendLine(line);
            if (line.StartsWith("Serving MCP", StringComparison.Ordinal))
            {
                break;
            }
        }
        var said = words.ToString();
        var token = said
            .Split([' ', '\n', '\r'], StringSplitOptions.RemoveEmptyEntries)
            .FirstOrDefault(w => w.StartsWith("i2v_", StringComparison.Ordinal));
        Assert.Contains("Serving MCP", said, StringComparison.Ordinal);
        return new HttpServer(process, process.StandardError.ReadToEndAsync(), origin, token);
    }

    /// <summary>The official client, speaking one version of the protocol.</summary>
    public Task<McpClient> ConnectAsync(string protocol, string? token = null) => McpClient.CreateAsync(
        new HttpClientTransport(new HttpClientTransportOptions
        {
            Endpoint = new Uri(Origin, "mcp"),
            TransportMode = HttpTransportMode.StreamableHttp,
            AdditionalHeaders = new Dictionary<string, string> { ["Authorization"] = "Bearer " + (token ?? Token) },
        }),
        Assistant.Patient(new McpClientOptions
        {
            ClientInfo = new Implementation { Name = "over-http", Version = "1" },
            ProtocolVersion = protocol,
        }));

    /// <summary>Sends a request as it is written, with what a well-behaved client always sends unless it is taken away.</summary>
    public Task<(int Status, JsonNode? Body, HttpResponseMessage Response)> SendAsync(
        HttpMethod method,
        string path,
        string? body,
        params (string Name, string? Value)[] headers) =>
        SendAsync(method, path, body is null ? null : Encoding.UTF8.GetBytes(body), headers);

    /// <summary>The same with a body that may be no text.</summary>
    public async Task<(int Status, JsonNode? Body, HttpResponseMessage Response)> SendAsync(
        HttpMethod method,
        string path,
        byte[]? body,
        (string Name, string? Value)[] headers)
    {
        Dictionary<string, string?> all = new(StringComparer.OrdinalIgnoreCase)
        {
            ["Accept"] = "application/json, text/event-stream",
            ["Content-Type"] = "application/json",
            ["Authorization"] = Token is null ? null : "Bearer " + Token,
        };
        foreach (var (name, value) in headers)
        {
            all[name] = value;
        }
        var response = await Http.SendAsync(Request(method, path, body, all));
        var text = await response.Content.ReadAsStringAsync();
        var json = text
            .Split('\n')
            .Select(l => l.StartsWith("data: ", StringComparison.Ordinal) ? l[6..] : l)
            .FirstOrDefault(l => l.StartsWith('{'));
        return ((int)response.StatusCode, json is null ? null : JsonNode.Parse(json), response);
    }

    /// <summary>
    /// The messages of a stream as they come, each with its event's id under <c>eventId</c>; leaving off closes the connection.
    /// </summary>
    public async IAsyncEnumerable<JsonNode> ListenAsync(string? body, params (string Name, string? Value)[] headers)
    {
        using var response = await OpenStreamAsync(body, headers);
        await foreach (var item in SseParser.Create(await response.Content.ReadAsStreamAsync()).EnumerateAsync())
        {
            var message = item.Data.Length == 0 ? new JsonObject() : JsonNode.Parse(item.Data)!;
            message["eventId"] = item.EventId;
            yield return message;
        }
    }

    /// <summary>A stream that the server has opened; disposing of it closes the connection.</summary>
    public async Task<HttpResponseMessage> OpenStreamAsync(string? body, params (string Name, string? Value)[] headers)
    {
        Dictionary<string, string?> all = new(StringComparer.OrdinalIgnoreCase)
        {
            ["Accept"] = "application/json, text/event-stream",
            ["Content-Type"] = "application/json",
        };
        foreach (var (name, value) in headers)
        {
            all[name] = value;
        }
        var response = await Http.SendAsync(
            Request(body is null ? HttpMethod.Get : HttpMethod.Post, "mcp", body is null ? null : Encoding.UTF8.GetBytes(body), all),
            HttpCompletionOption.ResponseHeadersRead);
        Assert.Equal(200, (int)response.StatusCode);
        return response;
    }

    private HttpRequestMessage Request(HttpMethod method, string path, byte[]? body, IReadOnlyDictionary<string, string?> all)
    {
        var request = new HttpRequestMessage(method, new Uri(Origin, path));
        if (body is not null)
        {
            request.Content = new ByteArrayContent(body);
        }
        foreach (var (name, value) in all.Where(h => h.Value is not null))
        {
            if (!request.Headers.TryAddWithoutValidation(name, value))
            {
                request.Content?.Headers.TryAddWithoutValidation(name, value);
            }
        }
        return request;
    }

    /// <summary>Asks the server to end, as a system does; returns its exit code.</summary>
    public async Task<int> EndAsync()
    {
        using var kill = Process.Start("kill", $"-TERM {process.Id}");
        await kill.WaitForExitAsync();
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        await process.WaitForExitAsync(patience.Token);
        return process.ExitCode;
    }

    /// <summary>Kills the server as `kill -9` does.</summary>
    public async Task KillAsync()
    {
        process.Kill();
        await process.WaitForExitAsync();
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        if (!process.HasExited)
        {
            process.Kill(entireProcessTree: true);
            await process.WaitForExitAsync();
        }
        var log = await errors;
        process.Dispose();
        Assert.DoesNotContain(SimulatedProviders.Key, log, StringComparison.Ordinal);
        Assert.True(Token is null || !log.Contains(Token, StringComparison.Ordinal), "the token is in the log");
    }
}
