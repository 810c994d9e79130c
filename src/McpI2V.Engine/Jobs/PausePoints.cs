namespace McpI2V.Engine.Jobs;

/// <summary>Named moments of a job's life at which a fault test stops the process and kills it.</summary>
internal sealed class PausePoints(RunnerOptions options, TimeProvider time)
{
    /// <summary>Waits for ever if this is the moment that was asked for.</summary>
    public Task ReachAsync(string moment, CancellationToken cancellationToken) =>
        options.PauseAt == moment ? Task.Delay(Timeout.InfiniteTimeSpan, time, cancellationToken) : Task.CompletedTask;
}
