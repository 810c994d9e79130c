using System.Text.Json.Nodes;

namespace McpI2V.Http;

/// <summary>A refusal: its status, its code, its words.</summary>
internal sealed record RpcFault(int Status, int Code, string Message, JsonNode? Data = null);
