using McpI2V.Engine.Providers;

namespace McpI2V.Engine.Jobs.Remote.Pacing;

/// <summary>
/// When to look at a task again: often while it is young, more rarely as it ages, and just when such a task is usually done.
/// </summary>
internal static class PollSchedule
{
    // A task that is five minutes old is looked at every 15 s: five per cent of its age.
    private const double ShareOfAge = 0.05;

    /// <summary>The time until the next look, counted from the last.</summary>
    /// <param name="age">How long ago the provider took the task.</param>
    /// <param name="usual">How long such a task usually takes; null: unknown.</param>
    /// <param name="limits">The provider's limits: never sooner than <see cref="ProviderLimits.PollEvery"/>.</param>
    public static TimeSpan Next(TimeSpan age, TimeSpan? usual, ProviderLimits limits)
    {
        var every = age * ShareOfAge;
        every = every < limits.PollEvery ? limits.PollEvery : every > limits.PollAtMost ? limits.PollAtMost : every;
        if (usual is { } expected && age >= expected && age < expected * 1.5)
        {
            // Any moment now.
            return limits.PollEvery;
        }
        if (usual is not { } finish || finish <= age + every)
        {
            // Past it, or it comes before the next look may: that look is the first that can see it.
            return usual is { } soon && soon > age && soon - age >= limits.PollEvery ? soon - age : every;
        }
        // Whole steps that end just when it is usually done.
        return (finish - age) / Math.Floor((finish - age) / every);
    }
}
