using System.Text.Json;
using ModelContextProtocol.Client;

namespace McpI2V.EndToEnd.Conversations.Desks;

internal sealed class HttpLine(HttpServer server, McpClient client, string token) : ILine
{
    public const string Protocol = "2025-11-25";

    public string? Token => token;

    public async Task<ToolAnswer> CallAsync(string tool, object arguments)
    {
        var values = JsonSerializer.SerializeToElement(arguments).EnumerateObject().ToDictionary(p => p.Name, p => (object?)p.Value);
        return ToolAnswer.FromResult(await client.CallToolAsync(tool, values));
    }

    public Task KillAsync() => server.KillAsync();

    public async ValueTask DisposeAsync()
    {
        await client.DisposeAsync();
        await server.DisposeAsync();
    }
}
