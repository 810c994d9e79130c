namespace McpI2V.Engine.Jobs;

/// <summary>Named moments of a job's life at which a fault test stops the process and kills it.</summary>
internal sealed class CrashPoints(RunnerOptions options, LibraryOptions library, TimeProvider time)
{
    private static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(50);

    /// <summary>Waits if this is the moment that was asked for, and says so in the file <c>.paused</c>: until that is taken away.</summary>
    public async Task ReachAsync(string moment, CancellationToken cancellationToken)
    {
        if (options.PauseAt != moment)
        {
            return;
        }
        var sign = Path.Combine(library.Home, ".paused");
        await File.WriteAllTextAsync(sign, moment, cancellationToken);
        while (File.Exists(sign))
        {
            await Task.Delay(LookEvery, time, cancellationToken);
        }
    }
}
