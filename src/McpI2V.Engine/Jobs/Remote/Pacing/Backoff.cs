using McpI2V.Engine.Providers;

namespace McpI2V.Engine.Jobs.Remote.Pacing;

/// <summary>How long to leave a provider alone that asked for nothing: twice as long each time.</summary>
internal static class Backoff
{
    private static readonly TimeSpan First = TimeSpan.FromSeconds(1);

    /// <summary>The pause after a try.</summary>
    /// <param name="attempt">Which try it was, from 1.</param>
    /// <param name="limits">The provider's limits: a quicker provider is asked again sooner.</param>
    /// <param name="longest">The longest pause.</param>
    public static TimeSpan Pause(int attempt, ProviderLimits limits, TimeSpan longest)
    {
        var step = limits.PollEvery < First ? limits.PollEvery : First;
        var pause = step * Math.Pow(2, Math.Min(attempt - 1, 16));
        return pause < longest ? pause : longest;
    }
}
