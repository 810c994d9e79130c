using ModelContextProtocol;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace McpI2V.Mcp.Calls;

/// <summary>The folders that a client shares with us.</summary>
internal static class ClientRoots
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    public static async Task<IReadOnlyList<string>> OfAsync(McpServer server, CancellationToken cancellationToken)
    {
#pragma warning disable MCP9005 // Roots are on their way out in 2026-07-28, and are all that most clients of today have.
        if (server.ClientCapabilities?.Roots is null)
        {
            return [];
        }
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(Patience);
        try
        {
            var answer = await server.RequestRootsAsync(new ListRootsRequestParams(), patience.Token);
            return [.. answer.Roots
                .Select(r => Uri.TryCreate(r.Uri, UriKind.Absolute, out var uri) && uri.IsFile && !uri.IsUnc ? uri.LocalPath : null)
                .OfType<string>()];
        }
        catch (Exception e) when (e is McpException or InvalidOperationException
            || (e is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            // A client that says it has roots and does not tell them has none.
            return [];
        }
#pragma warning restore MCP9005
    }
}
