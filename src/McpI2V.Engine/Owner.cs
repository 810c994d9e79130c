namespace McpI2V.Engine;

/// <summary>Whose a row is: the callers of a server share one library, and each changes only what is their own.</summary>
public static class Owner
{
    /// <summary>The user of this machine: over stdio, and over loopback without tokens.</summary>
    public const string OfThisMachine = "local";
}
