using McpI2V.Engine;
using McpI2V.Engine.Jobs.Running;
using Microsoft.Extensions.Hosting;

namespace McpI2V.Hosting;

/// <summary>
/// Begins to run jobs a moment after the start: the handshake comes first, opening the library and looking for interrupted jobs can wait.
/// </summary>
internal sealed class JobRunnerStart(Lazy<JobRunner> runner, TimeProvider time) : BackgroundService
{
    private static readonly TimeSpan QuietStart = TimeSpan.FromMilliseconds(300);

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await Task.Delay(QuietStart, time, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (!stoppingToken.IsCancellationRequested)
        {
            Begin(runner);
        }
    }

    /// <summary>Begins to run jobs now.</summary>
    public static void Begin(Lazy<JobRunner> runner)
    {
        try
        {
            runner.Value.Start();
        }
        catch (I2VException e)
        {
            // Every call answers with the same words.
            Console.Error.WriteLine(e.Message);
        }
    }
}
