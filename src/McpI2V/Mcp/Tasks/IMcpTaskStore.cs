using System.Security.Claims;
using System.Text.Json.Nodes;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

namespace McpI2V.Mcp.Tasks;

/// <summary>Who keeps long calls as tasks: the product by its durable jobs, the conformance host by the suite's fixtures.</summary>
internal interface IMcpTaskStore
{
    /// <summary>Begins a call as a task; null for a call that is answered as any other.</summary>
    /// <param name="request">The call.</param>
    /// <param name="mayFollow">True if the client can follow tasks.</param>
    /// <param name="cancellationToken">The call was given up.</param>
    ValueTask<ResultOrCreatedTask?> BeginAsync(
        RequestContext<CallToolRequestParams> request,
        bool mayFollow,
        CancellationToken cancellationToken);

    /// <summary>How a caller's task stands; null if there is none, or it is another's.</summary>
    ValueTask<TaskState?> FindAsync(string id, ClaimsPrincipal? caller, CancellationToken cancellationToken);

    /// <summary>
    /// Takes the user's answers to a task's questions; those to questions that are not open are let fall. False if the caller has no such
    /// task.
    /// </summary>
    ValueTask<bool> AnswerAsync(string id, ClaimsPrincipal? caller, JsonObject responses, CancellationToken cancellationToken);

    /// <summary>Cancels a task; one that is over stays as it is. False if the caller has no such task.</summary>
    ValueTask<bool> CancelAsync(string id, ClaimsPrincipal? caller, CancellationToken cancellationToken);
}
