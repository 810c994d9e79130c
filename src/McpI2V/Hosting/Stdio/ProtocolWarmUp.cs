using McpI2V.Mcp.Messages;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace McpI2V.Hosting.Stdio;

/// <summary>
/// Has the runtime compile what making a server of the SDK runs through, by making one that nobody speaks to. That takes as long as
/// composing the program, and is done beside it on a thread of its own: a client waits for the longer of the two, not for both.
/// </summary>
internal static class ProtocolWarmUp
{
    /// <summary>Makes the server and lets it go.</summary>
    public static Task RunAsync() => Task.Factory
        .StartNew(MakeAsync, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default)
        .Unwrap();

    private static async Task MakeAsync()
    {
        await using var transport = new LineTransport(Stream.Null, Stream.Null);
        await using var server = McpServer.Create(transport, new McpServerOptions
        {
            ServerInfo = new Implementation { Name = "warm-up", Version = "1" },
            Capabilities = new ServerCapabilities { Tools = new(), Resources = new(), Prompts = new(), Completions = new() },
            Handlers = new McpServerHandlers { ListToolsHandler = (_, _) => ValueTask.FromResult(new ListToolsResult()) },
        });
    }
}
