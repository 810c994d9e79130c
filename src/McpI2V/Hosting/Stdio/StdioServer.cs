using McpI2V.Mcp;
using McpI2V.Mcp.Messages;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging.Abstractions;
using ModelContextProtocol.Server;

namespace McpI2V.Hosting.Stdio;

/// <summary>Serves MCP on standard input and output until the client closes our input, or the host stops.</summary>
internal sealed class StdioServer(IMcpServerDefinition definition, IHostApplicationLifetime application) : BackgroundService
{
    // Who pipes a question in and closes is answered; who is gone is not waited for.
    private static readonly TimeSpan LastAnswers = TimeSpan.FromSeconds(1);

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await using var output = Console.OpenStandardOutput();
        // Nothing but protocol may reach stdout: whoever writes to the console writes to stderr.
        Console.SetOut(Console.Error);
        using var gone = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken);
        await using var input = new WatchedInput(Console.OpenStandardInput(), () => gone.CancelAfter(LastAnswers), gone.Token);
        await using var transport = new LineTransport(input, output);
        await using var server = McpServer.Create(transport, definition.WithSessions, NullLoggerFactory.Instance, serviceProvider: null);
        try
        {
            await server.RunAsync(gone.Token);
        }
        catch (OperationCanceledException) when (gone.IsCancellationRequested)
        {
            // The client is gone.
        }
        finally
        {
            application.StopApplication();
        }
    }
}
