namespace McpI2V.Engine.Providers;

/// <summary>Whether the provider took a request.</summary>
public enum Acceptance
{
    /// <summary>It certainly did not: nothing was sent, or the answer says so.</summary>
    No,

    /// <summary>Nobody can tell: the request left and no answer came, or one that says nothing.</summary>
    Unknown,

    /// <summary>It did; what failed came later.</summary>
    Yes,
}
