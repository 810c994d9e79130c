namespace McpI2V.EndToEnd.Conversations.Desks;

/// <summary>How an assistant is connected.</summary>
public enum Way
{
    /// <summary>By a process of its own, as Claude Desktop.</summary>
    Stdio,

    /// <summary>By address, as Claude on the web.</summary>
    Http,
}
