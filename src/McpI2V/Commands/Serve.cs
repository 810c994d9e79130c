using System.Runtime.InteropServices;
using McpI2V.Protocol;
using McpI2V.Protocol.Messages;
using McpI2V.Settings;
using McpI2V.Telemetry;
using Microsoft.Extensions.Logging.Abstractions;
using ModelContextProtocol.Server;

namespace McpI2V.Commands;

/// <summary>The server on standard input and output.</summary>
internal static class Serve
{
    private static readonly TimeSpan QuietStart = TimeSpan.FromMilliseconds(300);
    private static readonly TimeSpan LookForParent = TimeSpan.FromSeconds(5);

    // Who pipes a question in and closes is answered; who is gone is not waited for.
    private static readonly TimeSpan LastAnswers = TimeSpan.FromSeconds(1);

    /// <summary>Serves until the client closes our input, or is gone.</summary>
    public static async Task<int> OverStdioAsync()
    {
        await using var output = Console.OpenStandardOutput();
        // Nothing but protocol may reach stdout: whoever writes to the console writes to stderr.
        Console.SetOut(Console.Error);
        using var gone = new CancellationTokenSource();
        await using var input = new WatchedInput(Console.OpenStandardInput(), () => gone.CancelAfter(LastAnswers), gone.Token);
        // What a client that quits says next. What was sent to a vendor is finished before the process ends.
        using var ended = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Leave);
        using var hungUp = PosixSignalRegistration.Create(PosixSignal.SIGHUP, Leave);
        using var interrupted = PosixSignalRegistration.Create(PosixSignal.SIGINT, Leave);
        if (OpenFiles.WhyTooFew is { } tooFew)
        {
            await Console.Error.WriteLineAsync(tooFew);
            return 1;
        }
        await using var rooms = new ProgramRooms();
        using var telemetry = TelemetrySwitch.Start(rooms);
        await using var transport = new LineTransport(input, output);
        await using var server = McpServer.Create(transport, new McpServerDefinition(rooms).WithSessions, NullLoggerFactory.Instance, serviceProvider: null);
        var starting = StartRunnerAsync(rooms, gone.Token);
        var watching = WatchParentAsync(gone);
        var resting = IdleMemoryTrimmer.KeepAsync(gone.Token);
        try
        {
            await server.RunAsync(gone.Token);
        }
        catch (OperationCanceledException) when (gone.IsCancellationRequested)
        {
            // The client died without closing our input.
        }
        await gone.CancelAsync();
        await Task.WhenAll(starting, watching, resting).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return 0;

        void Leave(PosixSignalContext signal)
        {
            // The second time it ends at once.
            signal.Cancel = !gone.IsCancellationRequested || signal.Signal != PosixSignal.SIGINT;
            gone.Cancel();
        }
    }

    // The handshake comes first: opening the library and looking for interrupted jobs can wait a moment.
    private static async Task StartRunnerAsync(ProgramRooms rooms, CancellationToken stop)
    {
        await Task.Delay(QuietStart, TimeProvider.System, stop);
        rooms.StartRunningJobs();
    }

    private static async Task WatchParentAsync(CancellationTokenSource gone)
    {
        var parent = ParentProcess.Id();
        while (parent > 1)
        {
            await Task.Delay(LookForParent, TimeProvider.System, gone.Token);
            if (ParentProcess.Id() != parent)
            {
                await gone.CancelAsync();
            }
        }
    }
}
