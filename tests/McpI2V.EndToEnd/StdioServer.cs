using System.Diagnostics;
using System.Text;
using System.Text.Json.Nodes;

namespace McpI2V.EndToEnd;

/// <summary>The built program over stdio, with a client that writes whatever it likes.</summary>
public sealed class StdioServer : IAsyncDisposable
{
    private const string Initialize = """{"jsonrpc":"2.0","id":"begin","method":"initialize","params":{"protocolVersion":"2025-06-18","capabilities":{},"clientInfo":{"name":"c","version":"1"}}}""";
    private readonly Process process;
    private readonly Task<string> errors;

    private StdioServer(Process process) => (this.process, errors) = (process, process.StandardError.ReadToEndAsync());

    public static async Task<StdioServer> StartAsync(TestLibrary library)
    {
        var start = new ProcessStartInfo(Assistant.ProgramPath, "serve")
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardOutputEncoding = Encoding.UTF8,
        };
        start.Environment["I2V_HOME"] = library.Home;
        start.Environment["I2V__Inputs__Roots"] = library.Inputs;
        var server = new StdioServer(Process.Start(start)!);
        await server.SendAsync(Encoding.UTF8.GetBytes(Initialize));
        await server.AnswerAsync();
        await server.SendAsync("""{"jsonrpc":"2.0","method":"notifications/initialized"}"""u8.ToArray());
        return server;
    }

    /// <summary>Sends a line.</summary>
    public async Task SendAsync(byte[] line)
    {
        await process.StandardInput.BaseStream.WriteAsync((byte[])[.. line, (byte)'\n']);
        await process.StandardInput.BaseStream.FlushAsync();
    }

    /// <summary>The next line that comes back; every one must be a message.</summary>
    public async Task<JsonNode> AnswerAsync()
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        return JsonNode.Parse(
            await process.StandardOutput.ReadLineAsync(patience.Token) ?? throw new InvalidOperationException("the server has gone"))!;
    }

    public async ValueTask DisposeAsync()
    {
        process.StandardInput.Close();
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        await process.WaitForExitAsync(patience.Token);
        await errors;
        process.Dispose();
    }
}
