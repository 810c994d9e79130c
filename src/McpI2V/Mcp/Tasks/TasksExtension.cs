using System.Text.Json.Nodes;
using McpI2V.Mcp.Messages;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

#pragma warning disable MCPEXP002 // The SDK's own seams for extensions; its package for tasks can't be restored here.

namespace McpI2V.Mcp.Tasks;

/// <summary>Puts the tasks extension on a server, over whoever keeps its tasks.</summary>
internal sealed class TasksExtension(IMcpTaskStore tasks)
{
    /// <summary>Adds the extension's capability, methods and answer to calls.</summary>
    public void AddTo(McpServerOptions options)
    {
        options.Capabilities ??= new ServerCapabilities();
        options.Capabilities.Extensions ??= new Dictionary<string, object>(StringComparer.Ordinal);
        options.Capabilities.Extensions[TaskProtocol.Extension] = new JsonObject();
        options.RequestHandlers ??= [];
        options.RequestHandlers.Add(Handler(TaskProtocol.Get, GetAsync));
        options.RequestHandlers.Add(Handler(TaskProtocol.Update, UpdateAsync));
        options.RequestHandlers.Add(Handler(TaskProtocol.Cancel, CancelAsync));
        options.Filters.Request.CallToolWithAlternateFilters.Add(CallAsync);
    }

    private async ValueTask<ResultOrAlternate<CallToolResult>> CallAsync(
        RequestContext<CallToolRequestParams> request,
        McpRequestHandler<CallToolRequestParams, ResultOrAlternate<CallToolResult>> next,
        CancellationToken cancellationToken)
    {
        var mayFollow = ProtocolVersions.IsStateless(request.JsonRpcRequest) && TaskProtocol.IsDeclaredBy(request.JsonRpcRequest);
        return await tasks.BeginAsync(request, mayFollow, cancellationToken) switch
        {
            { State: { } state } => ResultOrAlternate<CallToolResult>.FromAlternate(
                TaskResult.OfCreated(state),
                TasksJson.Default.TaskResult),
            { Result: { } result } => result,
            _ => await next(request, cancellationToken),
        };
    }

    private async ValueTask<JsonNode?> GetAsync(JsonRpcRequest request, string id, CancellationToken cancellationToken) =>
        TaskResult.OfStanding(await tasks.FindAsync(id, request.Context?.User, cancellationToken) ?? throw NoSuchTask());

    private async ValueTask<JsonNode?> UpdateAsync(JsonRpcRequest request, string id, CancellationToken cancellationToken)
    {
        if ((request.Params as JsonObject)?["inputResponses"] is not JsonObject responses)
        {
            throw new McpProtocolException("inputResponses is missing, or no object.", McpErrorCode.InvalidParams);
        }
        return await tasks.AnswerAsync(id, request.Context?.User, responses, cancellationToken) ? Taken() : throw NoSuchTask();
    }

    private async ValueTask<JsonNode?> CancelAsync(JsonRpcRequest request, string id, CancellationToken cancellationToken) =>
        await tasks.CancelAsync(id, request.Context?.User, cancellationToken) ? Taken() : throw NoSuchTask();

    // Another's task is answered as one that is not there: a name is no proof.
    private static McpProtocolException NoSuchTask() => new(
        "taskId names no task of this caller. A task can be asked for until its ttlMs has passed; what " +
            "it made is told by check_job and find_assets.",
        McpErrorCode.InvalidParams);

    private static JsonObject Taken() => new() { ["resultType"] = "complete" };

    private static McpServerRequestHandler Handler(
        string method,
        Func<JsonRpcRequest, string, CancellationToken, ValueTask<JsonNode?>> answer) => new()
    {
        Method = method,
        RoutingNameParameter = "taskId",
        Handler = (request, cancellationToken) =>
        {
            if (!ProtocolVersions.IsStateless(request))
            {
                throw new McpProtocolException($"{method} is part of protocol 2026-07-28 and later.", McpErrorCode.MethodNotFound);
            }
            if (!TaskProtocol.IsDeclaredBy(request))
            {
                throw TaskProtocol.NotDeclared();
            }
            return (request.Params as JsonObject)?["taskId"] is JsonValue value && value.TryGetValue<string>(out var id)
                ? answer(request, id, cancellationToken)
                : throw new McpProtocolException("taskId is missing, or no text.", McpErrorCode.InvalidParams);
        },
    };
}
