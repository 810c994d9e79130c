using System.Text.Json.Serialization;

namespace McpI2V.Mcp.Tasks;

/// <summary>How a task stands, in the extension's words.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<McpTaskStatus>))]
internal enum McpTaskStatus
{
    /// <summary>It is at work, or waits for its turn.</summary>
    [JsonStringEnumMemberName("working")]
    Working,

    /// <summary>It waits for the user's answer.</summary>
    [JsonStringEnumMemberName("input_required")]
    InputRequired,

    /// <summary>It has its result, which may tell of an error of the tool.</summary>
    [JsonStringEnumMemberName("completed")]
    Completed,

    /// <summary>It ended with an error of the protocol.</summary>
    [JsonStringEnumMemberName("failed")]
    Failed,

    /// <summary>It was canceled.</summary>
    [JsonStringEnumMemberName("cancelled")]
    Canceled,
}
