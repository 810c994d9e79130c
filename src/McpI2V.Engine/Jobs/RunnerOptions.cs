namespace McpI2V.Engine.Jobs;

/// <summary>How many jobs run at once.</summary>
public sealed record RunnerOptions
{
    /// <summary>
    /// Renders at once (<c>I2V__Jobs__Lanes</c>): 1 to 32; one more than there are processors, at most 5, unless set, so that reading a
    /// still and publishing a clip leave none idle. A further one is open for what somebody waits for.
    /// </summary>
    public int Lanes { get; init; } = Math.Clamp(Environment.ProcessorCount + 1, 2, 5);

    /// <summary>
    /// For fault tests: the runner stops when a job reaches this moment, until the file <c>.paused</c> is taken away
    /// (<c>I2V__Jobs__PauseAt</c>); null: never.
    /// </summary>
    public string? PauseAt { get; init; }
}
