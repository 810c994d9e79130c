using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;
using ModelContextProtocol;

namespace McpI2V.Http.Transport;

/// <summary>A refusal: its status, its code, its words.</summary>
internal sealed record RpcFault(int Status, int Code, string Message, JsonNode? Data = null)
{
    /// <summary>A header that is missing, is not written as it should be, or contradicts the body.</summary>
    public static RpcFault Mismatch(string message) => new(StatusCodes.Status400BadRequest, (int)McpErrorCode.HeaderMismatch, message);
}
