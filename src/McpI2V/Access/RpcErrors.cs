using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using McpI2V.Media;
using Microsoft.AspNetCore.Http;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;

namespace McpI2V.Access;

/// <summary>Refusals as JSON-RPC errors with the status that the protocol names.</summary>
internal static class RpcErrors
{
    /// <summary>The code for refusals that the protocol gives no code of their own.</summary>
    public const int Refused = -32000;

    /// <summary>The code for a session that is not there.</summary>
    public const int NoSession = -32001;

    private const int LongestMessage = 1_000;
    private static readonly JsonTypeInfo<JsonRpcError> Type = (JsonTypeInfo<JsonRpcError>)McpJsonUtilities.DefaultOptions.GetTypeInfo(
        typeof(JsonRpcError));

    /// <summary>Answers with an error.</summary>
    public static async Task WriteAsync(
        HttpContext context,
        int status,
        int code,
        string message,
        RequestId id = default,
        JsonNode? data = null)
    {
        if (context.Response.HasStarted)
        {
            return;
        }
        context.Response.StatusCode = status;
        context.Response.ContentType = "application/json";
        var error = new JsonRpcError
        {
            Id = id,
            Error = new JsonRpcErrorDetail { Code = code, Message = ForeignText.Words(message, LongestMessage), Data = data },
        };
        await JsonSerializer.SerializeAsync(context.Response.Body, error, Type, context.RequestAborted);
    }

    /// <summary>A caller's text, short enough and plain enough to be shown to them.</summary>
    public static string Shown(string? text) => ForeignText.Line(text, 80);
}
