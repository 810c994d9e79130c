using McpI2V.Engine.Library;

namespace McpI2V.Engine.Jobs;

/// <summary>Named moments of a job's life at which a fault test stops the process and kills it.</summary>
internal sealed class PausePoints(RunnerOptions options, LibraryOptions library, TimeProvider time)
{
    /// <summary>Waits for ever if this is the moment that was asked for, and says so in the file <c>.paused</c>.</summary>
    public Task ReachAsync(string moment, CancellationToken cancellationToken)
    {
        if (options.PauseAt != moment)
        {
            return Task.CompletedTask;
        }
        File.WriteAllText(Path.Combine(library.Home, ".paused"), moment);
        return Task.Delay(Timeout.InfiniteTimeSpan, time, cancellationToken);
    }
}
