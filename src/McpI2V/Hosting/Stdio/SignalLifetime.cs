using System.Runtime.InteropServices;
using Microsoft.Extensions.Hosting;

namespace McpI2V.Hosting.Stdio;

/// <summary>
/// Stops the host at the signals by which clients end their servers. What was sent to a provider is finished before the process ends.
/// </summary>
internal sealed class SignalLifetime(IHostApplicationLifetime application) : IHostLifetime, IDisposable
{
    private readonly List<PosixSignalRegistration> registered = [];

    /// <inheritdoc/>
    public Task WaitForStartAsync(CancellationToken cancellationToken)
    {
        foreach (var signal in new[] { PosixSignal.SIGTERM, PosixSignal.SIGHUP, PosixSignal.SIGINT })
        {
            registered.Add(PosixSignalRegistration.Create(signal, Leave));
        }
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Leaves signals to the system again.</summary>
    public void Dispose()
    {
        foreach (var registration in registered)
        {
            registration.Dispose();
        }
    }

    private void Leave(PosixSignalContext signal)
    {
        // Ctrl+C the second time ends the process at once.
        signal.Cancel = !application.ApplicationStopping.IsCancellationRequested || signal.Signal != PosixSignal.SIGINT;
        application.StopApplication();
    }
}
