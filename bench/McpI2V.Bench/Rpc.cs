using System.Diagnostics;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace McpI2V.Bench;

/// <summary>The smallest client there is: lines of JSON over a process's pipes.</summary>
internal sealed class Rpc : IDisposable
{
    private readonly Process process;
    private int last;
    private bool ended;

    private Rpc(Process process) => this.process = process;

    public int ProcessId => process.Id;

    public static Rpc Start(string program, string arguments, params (string Name, string Value)[] environment)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }
        var process = Process.Start(start)!;
        process.ErrorDataReceived += (_, _) => { };
        process.BeginErrorReadLine();
        return new Rpc(process);
    }

    public void Initialize()
    {
        Request("initialize", """{"protocolVersion":"2025-06-18","capabilities":{},"clientInfo":{"name":"bench","version":"1"}}""");
        process.StandardInput.WriteLine("""{"jsonrpc":"2.0","method":"notifications/initialized"}""");
        process.StandardInput.Flush();
    }

    public JsonNode Request(string method, string parameters)
    {
        var id = ++last;
        process.StandardInput.WriteLine($$"""{"jsonrpc":"2.0","id":{{id}},"method":"{{method}}","params":{{parameters}}}""");
        process.StandardInput.Flush();
        while (process.StandardOutput.ReadLine() is { } line)
        {
            var message = JsonNode.Parse(line)!;
            if (message["id"]?.GetValue<int>() == id)
            {
                return message["result"] ?? throw new InvalidOperationException(line);
            }
        }
        throw new InvalidOperationException("the server ended");
    }

    public JsonNode Call(string tool, object arguments) =>
        Request("tools/call", $$"""{"name":"{{tool}}","arguments":{{JsonSerializer.Serialize(arguments)}}}""");

    public void Dispose()
    {
        if (ended)
        {
            return;
        }
        ended = true;
        process.StandardInput.Close();
        if (!process.WaitForExit(10_000))
        {
            process.Kill(entireProcessTree: true);
        }
        process.Dispose();
    }
}
