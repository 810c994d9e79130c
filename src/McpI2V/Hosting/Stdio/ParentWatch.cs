using Microsoft.Extensions.Hosting;

namespace McpI2V.Hosting.Stdio;

/// <summary>Stops the host when the client has died without closing our input.</summary>
internal sealed class ParentWatch(IHostApplicationLifetime application, TimeProvider time) : BackgroundService
{
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(5);

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var parent = ParentProcess.Id();
        while (parent > 1 && ParentProcess.Id() == parent)
        {
            await Task.Delay(Every, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (stoppingToken.IsCancellationRequested)
            {
                return;
            }
        }
        if (parent > 1)
        {
            application.StopApplication();
        }
    }
}
