using System.Text.Json;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace McpI2V.Mcp.Messages;

/// <summary>
/// The catch-all at the protocol's edge: parameters of the wrong kind are told as such, and what nobody foresaw is logged and told.
/// </summary>
internal static class UnforeseenFaults
{
    /// <summary>A filter around the handling of every message.</summary>
    /// <param name="log">Writes a method and its failure to the log.</param>
    public static McpMessageFilter Filter(Action<string, Exception> log) => next => async (context, cancellationToken) =>
    {
        try
        {
            await next(context, cancellationToken);
        }
        catch (JsonException e) when (context.JsonRpcMessage is JsonRpcRequest)
        {
            throw new McpProtocolException(
                $"params{e.Path?.TrimStart('$')} is missing a part, or is not of the kind that the method takes.",
                e,
                McpErrorCode.InvalidParams);
        }
        catch (Exception e) when (context.JsonRpcMessage is JsonRpcRequest request
            && e is not (OperationCanceledException or McpException or InputRequiredException))
        {
            log(request.Method, e);
            throw new McpProtocolException(
                "The request failed unexpectedly; the server's log has the details.",
                e,
                McpErrorCode.InternalError);
        }
    };
}
