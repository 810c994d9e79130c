using System.Text.Json.Nodes;
using McpI2V.Access;
using McpI2V.Mcp.Messages;
using McpI2V.Mcp.Tasks;
using Microsoft.AspNetCore.Http;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;

namespace McpI2V.Http.Transport;

/// <summary>
/// What protocol 2026-07-28 asks of a request's headers and metadata (SEP-2243, SEP-2575): they must be there, and must say
/// what the body says, so that what routes by headers and what reads the body see one request.
/// </summary>
internal static class ProtocolHeaders
{
    /// <summary>The version that the header declares; empty: none.</summary>
    public static string VersionOf(HttpRequest request) => request.Headers["MCP-Protocol-Version"].ToString().Trim();

    /// <summary>True if a request is served without a session.</summary>
    public static bool IsStateless(HttpRequest request) => ProtocolVersions.IsStateless(VersionOf(request));

    /// <summary>The first thing that is wrong; null if nothing is.</summary>
    public static RpcFault? Fault(HttpRequest request, JsonRpcMessage message) =>
        Version(request)
            ?? Envelope(request, message)
            ?? (IsStateless(request) ? Names(request, message) ?? Metadata(request, message) : null);

    /// <summary>A version that nobody here speaks; null if it is one of ours, or none.</summary>
    public static RpcFault? Version(HttpRequest request)
    {
        var version = VersionOf(request);
        if (version.Length == 0 || version == ProtocolVersions.Stateless || ProtocolVersions.WithSessions.Contains(version))
        {
            return null;
        }
        // What server/discover names: older versions are begun by initialize, and named there.
        var data = new JsonObject { ["supported"] = new JsonArray(ProtocolVersions.Stateless), ["requested"] = RpcErrors.Shown(version) };
        return new RpcFault(
            StatusCodes.Status400BadRequest,
            (int)McpErrorCode.UnsupportedProtocolVersion,
            $"MCP-Protocol-Version {RpcErrors.Shown(version)} is not spoken here; " +
                $"{string.Join(", ", [ProtocolVersions.Stateless, .. ProtocolVersions.WithSessions])} are.",
            data);
    }

    private static RpcFault? Envelope(HttpRequest request, JsonRpcMessage message)
    {
        var (method, parameters) = PartsOf(message);
        var version = VersionOf(request);
        if (method == RequestMethods.Initialize
            && Text(parameters, "protocolVersion") is { } wanted
            && version.Length > 0
            && wanted != version)
        {
            return RpcFault.Mismatch(
                $"MCP-Protocol-Version is {RpcErrors.Shown(version)}, and the body's protocolVersion is {RpcErrors.Shown(wanted)}.");
        }
        var declared = Text(parameters?["_meta"] as JsonObject, MetaKeys.ProtocolVersion);
        if (!IsStateless(request) && !ProtocolVersions.IsStateless(declared))
        {
            return null;
        }
        if (version.Length == 0)
        {
            return RpcFault.Mismatch("The header MCP-Protocol-Version is missing, and the body declares a version that needs it.");
        }
        if (declared is null)
        {
            return message is JsonRpcRequest ? Invalid($"_meta/{MetaKeys.ProtocolVersion} is missing.") : null;
        }
        return declared == version
            ? null
            : RpcFault.Mismatch(
                $"MCP-Protocol-Version is {RpcErrors.Shown(version)}, and the body's _meta says {RpcErrors.Shown(declared)}.");
    }

    private static RpcFault? Names(HttpRequest request, JsonRpcMessage message)
    {
        var (method, parameters) = PartsOf(message);
        if (method is null)
        {
            return null;
        }
        if (request.Headers["Mcp-Method"] is not [{ } said])
        {
            return RpcFault.Mismatch("The header Mcp-Method is missing.");
        }
        if (said.Trim() != method)
        {
            return RpcFault.Mismatch($"Mcp-Method is {RpcErrors.Shown(said)}, and the body's method is {RpcErrors.Shown(method)}.");
        }
        var member = method switch
        {
            RequestMethods.ToolsCall or RequestMethods.PromptsGet => "name",
            RequestMethods.ResourcesRead => "uri",
            TaskProtocol.Get or TaskProtocol.Update or TaskProtocol.Cancel => "taskId",
            _ => null,
        };
        if (member is null)
        {
            return null;
        }
        if (request.Headers["Mcp-Name"] is not [{ } name])
        {
            return RpcFault.Mismatch("The header Mcp-Name is missing.");
        }
        return McpHeaderEncoder.DecodeValue(name.Trim()) is not { } plain
            ? RpcFault.Mismatch("The header Mcp-Name is not written as the protocol asks.")
            : plain == Text(parameters, member) ? null
            : RpcFault.Mismatch($"Mcp-Name is {RpcErrors.Shown(name)}, and the body's {member} is another.");
    }

    private static RpcFault? Metadata(HttpRequest request, JsonRpcMessage message) =>
        message is JsonRpcRequest { Params: var parameters }
            && ((parameters as JsonObject)?["_meta"] as JsonObject)?[MetaKeys.ClientCapabilities] is not JsonObject
            ? Invalid($"_meta/{MetaKeys.ClientCapabilities} is missing, or no object.")
            : null;

    private static (string? Method, JsonObject? Parameters) PartsOf(JsonRpcMessage message) => message switch
    {
        JsonRpcRequest request => (request.Method, request.Params as JsonObject),
        JsonRpcNotification notification => (notification.Method, notification.Params as JsonObject),
        _ => (null, null),
    };

    /// <summary>A member that is a text; null for any other.</summary>
    public static string? Text(JsonObject? parameters, string name) =>
        parameters?[name] is JsonValue value && value.TryGetValue<string>(out var text) ? text : null;

    private static RpcFault Invalid(string message) => new(StatusCodes.Status400BadRequest, (int)McpErrorCode.InvalidParams, message);
}
