namespace McpI2V.EndToEnd.Conversations.Desks;

internal sealed class StdioLine(Assistant assistant) : ILine
{
    public string? Token => null;

    public Task<ToolAnswer> CallAsync(string tool, object arguments) => assistant.CallAsync(tool, arguments);

    public Task KillAsync() => assistant.KillAsync();

    public ValueTask DisposeAsync() => assistant.DisposeAsync();
}
