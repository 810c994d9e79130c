namespace McpI2V.Mcp.Messages;

/// <summary>How long a client may keep the lists of tools, prompts and resources: they change with the program only.</summary>
internal static class ListLifetime
{
    /// <summary>Ten minutes.</summary>
    public static readonly TimeSpan Length = TimeSpan.FromMinutes(10);
}
