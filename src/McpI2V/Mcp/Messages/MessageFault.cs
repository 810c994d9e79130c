using ModelContextProtocol;
using ModelContextProtocol.Protocol;

namespace McpI2V.Mcp.Messages;

/// <summary>What is wrong with a message, as JSON-RPC tells it.</summary>
/// <param name="Id">The message's id, where it could be read.</param>
/// <param name="Code">No JSON, no request, or wrong parameters.</param>
/// <param name="Words">What is wrong and what is allowed.</param>
internal sealed record MessageFault(RequestId Id, McpErrorCode Code, string Words)
{
    /// <summary>The answer to it.</summary>
    public JsonRpcError Answer() => new() { Id = Id, Error = new JsonRpcErrorDetail { Code = (int)Code, Message = Words } };
}
