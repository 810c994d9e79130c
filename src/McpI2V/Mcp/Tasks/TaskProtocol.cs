using System.Text.Json.Nodes;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;

namespace McpI2V.Mcp.Tasks;

/// <summary>The words of the tasks extension (SEP-2663, protocol 2026-07-28), and who may use them.</summary>
internal static class TaskProtocol
{
    /// <summary>The extension's name, in the capabilities of both sides.</summary>
    public const string Extension = "io.modelcontextprotocol/tasks";

    /// <summary>Asks how a task stands.</summary>
    public const string Get = "tasks/get";

    /// <summary>Answers a task's questions.</summary>
    public const string Update = "tasks/update";

    /// <summary>Cancels a task.</summary>
    public const string Cancel = "tasks/cancel";

    /// <summary>Tells how a task stands, to those who listen.</summary>
    public const string Notification = "notifications/tasks";

    /// <summary>True if the request's sender can follow tasks.</summary>
    public static bool IsDeclaredBy(JsonRpcRequest request) =>
        request.Context?.ClientCapabilities?.Extensions?.ContainsKey(Extension) == true
        || ((request.Params as JsonObject)?["_meta"]?[MetaKeys.ClientCapabilities]?["extensions"] as JsonObject)
            ?.ContainsKey(Extension) == true;

    /// <summary>The refusal of a request whose sender can't follow tasks.</summary>
    public static MissingRequiredClientCapabilityException NotDeclared() => new(
        new ClientCapabilities { Extensions = new Dictionary<string, object>(StringComparer.Ordinal) { [Extension] = new JsonObject() } },
        $"This needs a client that declares the extension {Extension}.");
}
