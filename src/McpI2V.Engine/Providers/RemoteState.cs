namespace McpI2V.Engine.Providers;

/// <summary>Where a task is at the vendor.</summary>
public enum RemoteState
{
    /// <summary>It waits for its turn.</summary>
    Waiting,

    /// <summary>It is being made.</summary>
    Working,

    /// <summary>It is made; the results can be fetched.</summary>
    Done,

    /// <summary>The vendor's last word: it can't be made.</summary>
    Failed,

    /// <summary>It was called off.</summary>
    Canceled,

    /// <summary>The vendor does not know it, or not any more.</summary>
    Gone,
}
