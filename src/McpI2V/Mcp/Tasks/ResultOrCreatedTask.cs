using ModelContextProtocol.Protocol;

namespace McpI2V.Mcp.Tasks;

/// <summary>What became of a call whose client can follow tasks: a task, or its result at once.</summary>
/// <param name="State">The task; null: it is over already.</param>
/// <param name="Result">Its result, where it is over already.</param>
internal sealed record ResultOrCreatedTask(TaskState? State, CallToolResult? Result);
