using McpI2V.Mcp.Calls;
using McpI2V.Mcp.Resources;
using McpI2V.Mcp.Subscriptions;
using McpI2V.Mcp.Tasks;

namespace McpI2V.Mcp;

/// <summary>What answers the requests of clients.</summary>
internal sealed record RequestHandlers(
    ToolDispatcher Tools,
    ResourceHandler Resources,
    CompletionHandler Completion,
    TasksExtension Tasks,
    SubscriptionHandler Subscriptions);
