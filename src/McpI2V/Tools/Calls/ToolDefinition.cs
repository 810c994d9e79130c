using McpI2V.Answers;
using ModelContextProtocol.Protocol;

namespace McpI2V.Tools.Calls;

/// <summary>
/// One tool: how it is described to clients, and what answers a call. Describing it needs none of the rooms, so the list is answered before
/// any of them is opened.
/// </summary>
/// <param name="Name">Its name.</param>
/// <param name="Describe">Writes title, description, schemas, annotations.</param>
/// <param name="Call">Answers a call.</param>
internal sealed record ToolDefinition(string Name, Func<Tool> Describe, Func<ToolServices, ToolCall, CancellationToken, Task<Answer>> Call)
{
    /// <summary>True for a tool that queues jobs: its calls can be long, and can be followed.</summary>
    public bool MakesWork { get; init; }

    /// <summary>
    /// What its answers depend on besides its arguments, for a tool that only looks: while it stays equal, so do they. Null: they may
    /// change at any time.
    /// </summary>
    public Func<ToolServices, object>? Standing { get; init; }
}
