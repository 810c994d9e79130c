using McpI2V.Mcp.Messages;
using Microsoft.Extensions.Hosting;
using ModelContextProtocol.Protocol;

namespace McpI2V.Hosting.Stdio;

/// <summary>The transport on standard input and output. It ends when the client closes our input, or the host stops.</summary>
internal static class StdioLines
{
    // Who pipes a question in and closes is answered; who is gone is not waited for.
    private static readonly TimeSpan LastAnswers = TimeSpan.FromSeconds(1);

    /// <summary>Takes both over.</summary>
    public static ITransport Open(IHostApplicationLifetime application, TimeProvider time)
    {
        var output = Console.OpenStandardOutput();
        // Nothing but protocol may reach stdout: whoever writes to the console writes to stderr.
        Console.SetOut(Console.Error);
        ITimer? farewell = null;
        var input = new WatchedInput(
            Console.OpenStandardInput(),
            () => farewell = time.CreateTimer(_ => application.StopApplication(), null, LastAnswers, Timeout.InfiniteTimeSpan),
            application.ApplicationStopping);
        application.ApplicationStopped.Register(() => farewell?.Dispose());
        return new LineTransport(input, output);
    }
}
