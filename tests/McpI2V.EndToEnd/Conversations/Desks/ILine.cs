namespace McpI2V.EndToEnd.Conversations.Desks;

/// <summary>A line to a server of its own.</summary>
internal interface ILine : IAsyncDisposable
{
    Task<ToolAnswer> CallAsync(string tool, object arguments);

    /// <summary>Ends the server as `kill -9` does.</summary>
    Task KillAsync();

    /// <summary>What opens the door of the next server of this library; null: nothing is asked for.</summary>
    string? Token { get; }
}
