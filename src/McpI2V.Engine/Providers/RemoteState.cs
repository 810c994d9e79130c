namespace McpI2V.Engine.Providers;

/// <summary>Where a task is at the provider.</summary>
public enum RemoteState
{
    /// <summary>It waits for its turn.</summary>
    Waiting,

    /// <summary>It is being made.</summary>
    Working,

    /// <summary>It is made; the results can be fetched.</summary>
    Done,

    /// <summary>The provider's last word: it can't be made.</summary>
    Failed,

    /// <summary>It was canceled.</summary>
    Canceled,

    /// <summary>The provider does not know it, or not any more.</summary>
    Gone,
}
