using System.Text.Json.Nodes;
using ModelContextProtocol.Protocol;

namespace McpI2V.Mcp.Tasks;

/// <summary>A task as its client sees it.</summary>
internal sealed record TaskState
{
    /// <summary>Its unguessable name.</summary>
    public required string Id { get; init; }

    /// <summary>How it stands.</summary>
    public required McpTaskStatus Status { get; init; }

    /// <summary>True once it stays as it is.</summary>
    public bool IsOver => Status is McpTaskStatus.Completed or McpTaskStatus.Failed or McpTaskStatus.Canceled;

    /// <summary>A few words for the user.</summary>
    public string? Message { get; init; }

    /// <summary>When it was made.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When it last changed.</summary>
    public required DateTimeOffset UpdatedAt { get; init; }

    /// <summary>How long from its making it can be asked for.</summary>
    public required TimeSpan Lifetime { get; init; }

    /// <summary>How often it is worth asking.</summary>
    public required TimeSpan PollEvery { get; init; }

    /// <summary>The tool's result, once completed.</summary>
    public JsonNode? Result { get; init; }

    /// <summary>The protocol's error, once failed.</summary>
    public JsonNode? Error { get; init; }

    /// <summary>What the user is asked, by key; a key is used once in a task's life.</summary>
    public IReadOnlyDictionary<string, InputRequest> Questions { get; init; } = new Dictionary<string, InputRequest>();
}
