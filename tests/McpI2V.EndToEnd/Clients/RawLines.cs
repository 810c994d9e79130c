using System.Diagnostics;
using System.Text.Json.Nodes;

namespace McpI2V.EndToEnd.Clients;

/// <summary>A server over stdio that is written to line by line, for what no client's library would send.</summary>
public sealed class RawLines : IAsyncDisposable
{
    private readonly Process server;
    private readonly Task<string> errors;
    private int id;

    private RawLines(Process server)
    {
        this.server = server;
        errors = server.StandardError.ReadToEndAsync();
    }

    public int ProcessId => server.Id;

    /// <summary>Starts the server in a shell, after a command such as <c>ulimit -n 64</c>.</summary>
    public static async Task<RawLines> StartAsync(TestLibrary library, string before = "true")
    {
        var start = new ProcessStartInfo("/bin/bash")
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.ArgumentList.Add("-c");
        start.ArgumentList.Add($"{before}; exec \"{Assistant.ProgramPath}\" serve");
        start.Environment["I2V_HOME"] = library.Home;
        start.Environment["I2V__Inputs__Roots"] = library.Inputs;
        var lines = new RawLines(Process.Start(start)!);
        await lines.AskAsync(
            "initialize",
            """{"protocolVersion":"2025-06-18","capabilities":{},"clientInfo":{"name":"raw","version":"1"}}""");
        await lines.server.StandardInput.WriteLineAsync("""{"jsonrpc":"2.0","method":"notifications/initialized"}""");
        return lines;
    }

    /// <summary>Sends a request and returns the message that answers it.</summary>
    public async Task<JsonNode> AskAsync(string method, string parameters)
    {
        var mine = await SendAsync(method, parameters);
        while (true)
        {
            var message = await ReceiveAsync();
            if (message["id"]?.GetValue<int>() == mine)
            {
                return message;
            }
        }
    }

    /// <summary>Sends a request without waiting; returns its id.</summary>
    public async Task<int> SendAsync(string method, string parameters)
    {
        var mine = ++id;
        await server.StandardInput.WriteLineAsync($$"""{"jsonrpc":"2.0","id":{{mine}},"method":"{{method}}","params":{{parameters}}}""");
        await server.StandardInput.FlushAsync();
        return mine;
    }

    /// <summary>The next message.</summary>
    public async Task<JsonNode> ReceiveAsync()
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(5));
        var line = await server.StandardOutput.ReadLineAsync(patience.Token);
        Assert.True(line is not null, "the server ended: " + (line is null ? await errors : ""));
        return JsonNode.Parse(line!)!;
    }

    public async ValueTask DisposeAsync()
    {
        server.StandardInput.Close();
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        try
        {
            await server.WaitForExitAsync(patience.Token);
        }
        catch (OperationCanceledException)
        {
            server.Kill(entireProcessTree: true);
        }
        server.Dispose();
    }
}
