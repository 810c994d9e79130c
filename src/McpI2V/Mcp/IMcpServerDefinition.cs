using System.Text.Json;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace McpI2V.Mcp;

/// <summary>What a transport serves, in both lifecycles of the protocol: the product, or the conformance suite's fixtures.</summary>
internal interface IMcpServerDefinition
{
    /// <summary>The options of a server that keeps a conversation (2024-11-05 to 2025-11-25).</summary>
    McpServerOptions WithSessions { get; }

    /// <summary>The options of a server that lives for one request (2026-07-28).</summary>
    McpServerOptions Stateless { get; }

    /// <summary>What a tool takes, as JSON Schema; null if there is no such tool.</summary>
    ValueTask<JsonElement?> SchemaOfAsync(string tool);
}
