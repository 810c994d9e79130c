namespace McpI2V.Engine.Jobs.States;

/// <summary>Where a job is in its life.</summary>
public enum JobState
{
    /// <summary>Written down, waiting for its turn.</summary>
    Queued,

    /// <summary>About to be handed to its provider; written before the first byte leaves.</summary>
    Submitting,

    /// <summary>The provider is at work.</summary>
    Running,

    /// <summary>The result is being brought into the library.</summary>
    Fetching,

    /// <summary>Its assets are in the library.</summary>
    Succeeded,

    /// <summary>It ended without a result.</summary>
    Failed,

    /// <summary>The user canceled it.</summary>
    Canceled,

    /// <summary>It was sent and the answer was lost; only the user may send it again.</summary>
    Unconfirmed,
}
