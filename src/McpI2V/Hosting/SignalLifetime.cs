using System.Runtime.InteropServices;
using McpI2V.Engine.Jobs.Lanes;
using McpI2V.Engine.Jobs.Running;
using McpI2V.Engine.Storage.Postgres;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace McpI2V.Hosting;

/// <summary>
/// Stops the host at the signals by which servers are ended. A node of several hands over its jobs first, while it still answers: then it
/// says that it is not ready, and whoever sends callers here has time to send them elsewhere. What was sent to a provider is finished
/// before the process ends.
/// </summary>
internal sealed partial class SignalLifetime(IServiceProvider services, params PosixSignal[] signals) : IHostLifetime, IDisposable
{
    // What is rendered longer begins again elsewhere; with what else there is to do it makes ten seconds.
    private static readonly TimeSpan ForRenders = TimeSpan.FromSeconds(8);
    private readonly IHostApplicationLifetime application = services.GetRequiredService<IHostApplicationLifetime>();
    private readonly List<PosixSignalRegistration> registered = [];
    private readonly Lock gate = new();
    private Task? leaving;

    /// <summary>That of a server which a client starts and ends.</summary>
    public static SignalLifetime OfClients(IServiceProvider services) =>
        new(services, PosixSignal.SIGTERM, PosixSignal.SIGHUP, PosixSignal.SIGINT);

    /// <summary>That of a server which the system starts and ends, or a person with Ctrl+C.</summary>
    public static SignalLifetime OfSystems(IServiceProvider services) =>
        new(services, PosixSignal.SIGTERM, PosixSignal.SIGQUIT, PosixSignal.SIGINT);

    /// <inheritdoc/>
    public Task WaitForStartAsync(CancellationToken cancellationToken)
    {
        registered.AddRange(signals.Select(s => PosixSignalRegistration.Create(s, Leave)));
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task StopAsync(CancellationToken cancellationToken) => leaving ?? Task.CompletedTask;

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
        lock (gate)
        {
            // Ctrl+C the second time ends the process at once.
            signal.Cancel = signal.Signal != PosixSignal.SIGINT
                || (leaving is null && !application.ApplicationStopping.IsCancellationRequested);
            leaving ??= LeaveAsync();
        }
    }

    private async Task LeaveAsync()
    {
        // A signal's handler waits for nothing.
        await Task.Yield();
        try
        {
            if (services.GetRequiredService<PostgresOptions>().IsUsed)
            {
                services.GetRequiredService<Draining>().Begin();
                await services.GetRequiredService<JobRunner>().DrainAsync(ForRenders);
            }
        }
        catch (Exception e)
        {
            // What can't be handed over, others take.
            LogNotDrained(services.GetRequiredService<ILogger<SignalLifetime>>(), e);
        }
        application.StopApplication();
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The jobs of this node could not be handed over; others carry them on")]
    private static partial void LogNotDrained(ILogger logger, Exception exception);
}
