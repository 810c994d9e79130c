using McpI2V.Media;

namespace McpI2V.Engine.Jobs;

/// <summary>How many jobs run at once: section <c>Jobs</c>.</summary>
public sealed class RunnerOptions(SettingsSection settings)
{
    /// <summary>What holds where nothing is set.</summary>
    public RunnerOptions()
        : this(SettingsSection.Unset)
    {
    }

    /// <summary>
    /// Renders at once; one more than there are processors unless set, so that reading a still and publishing a clip leave none idle. A
    /// further one is open for what somebody waits for.
    /// </summary>
    public int MaxRenders { get; init; } = settings.Number("MaxRenders", Math.Clamp(Environment.ProcessorCount + 1, 2, 5), from: 1, to: 32);

    /// <summary>
    /// For fault tests: the runner stops when a job reaches this moment, until the file <c>.paused</c> is taken away; null: never.
    /// </summary>
    public string? PauseAt { get; init; } = settings.Text("PauseAt");
}
