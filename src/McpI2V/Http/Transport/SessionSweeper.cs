using McpI2V.Http.Transport.Streams;
using McpI2V.Settings;
using Microsoft.Extensions.Hosting;

namespace McpI2V.Http.Transport;

/// <summary>Ends sessions that have been silent for long and forgets what was sent on them, while the server runs.</summary>
internal sealed class SessionSweeper(HttpSessions sessions, EventStreams streams, HttpOptions options, TimeProvider time)
    : BackgroundService
{
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(30);

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Every, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            await sessions.EndIdleAsync(options.Idle);
            streams.Sweep();
        }
    }
}
