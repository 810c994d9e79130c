using ModelContextProtocol.Protocol;

namespace McpI2V.Mcp.Messages;

/// <summary>The versions of the protocol that are spoken here, and what tells them apart.</summary>
internal static class ProtocolVersions
{
    /// <summary>The first version without sessions: each request says its version and what its sender can do.</summary>
    public const string Stateless = "2026-07-28";

    /// <summary>The versions with an initialize handshake.</summary>
    public static readonly IReadOnlyList<string> WithSessions = ["2024-11-05", "2025-03-26", "2025-06-18", "2025-11-25"];

    /// <summary>True for a version without sessions.</summary>
    public static bool IsStateless(string? version) => string.CompareOrdinal(version, Stateless) >= 0;

    /// <summary>True for a request in a version without sessions.</summary>
    public static bool IsStateless(JsonRpcRequest request) => IsStateless(request.Context?.ProtocolVersion);
}
