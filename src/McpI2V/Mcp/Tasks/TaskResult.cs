using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using ModelContextProtocol;
using ModelContextProtocol.Protocol;

namespace McpI2V.Mcp.Tasks;

/// <summary>
/// A task on the wire, as the answer that made it or as the answer to <c>tasks/get</c> (SEP-2663: Task, CreateTaskResult, DetailedTask).
/// </summary>
internal sealed class TaskResult : Result
{
    private static JsonTypeInfo<InputRequest> QuestionType =>
        (JsonTypeInfo<InputRequest>)McpJsonUtilities.DefaultOptions.GetTypeInfo(typeof(InputRequest));

    [JsonPropertyName("taskId")]
    public required string TaskId { get; set; }

    [JsonPropertyName("status")]
    public required McpTaskStatus Status { get; set; }

    [JsonPropertyName("statusMessage")]
    public string? StatusMessage { get; set; }

    [JsonPropertyName("createdAt")]
    public required string CreatedAt { get; set; }

    [JsonPropertyName("lastUpdatedAt")]
    public required string LastUpdatedAt { get; set; }

    [JsonPropertyName("ttlMs")]
    public required long TtlMs { get; set; }

    [JsonPropertyName("pollIntervalMs")]
    public required long PollIntervalMs { get; set; }

    [JsonPropertyName("result")]
    public JsonNode? Outcome { get; set; }

    [JsonPropertyName("error")]
    public JsonNode? Error { get; set; }

    [JsonPropertyName("inputRequests")]
    public JsonObject? InputRequests { get; set; }

    /// <summary>The answer to a call that became a task.</summary>
    public static TaskResult OfCreated(TaskState state)
    {
        var created = FromState(state, "task");
        // What it asks or has made is told by tasks/get.
        (created.Outcome, created.Error, created.InputRequests) = (null, null, null);
        return created;
    }

    /// <summary>The answer to <c>tasks/get</c>.</summary>
    public static JsonNode? OfStanding(TaskState state) =>
        JsonSerializer.SerializeToNode(FromState(state, "complete"), TasksJson.Default.TaskResult);

    /// <summary>What those who listen are told.</summary>
    public static JsonObject OfNotification(TaskState state) =>
        (JsonObject)JsonSerializer.SerializeToNode(FromState(state, type: null), TasksJson.Default.TaskResult)!;

    private static TaskResult FromState(TaskState state, string? type) => new()
    {
        ResultType = type,
        TaskId = state.Id,
        Status = state.Status,
        StatusMessage = state.Message,
        CreatedAt = Text(state.CreatedAt),
        LastUpdatedAt = Text(state.UpdatedAt),
        TtlMs = (long)state.Lifetime.TotalMilliseconds,
        PollIntervalMs = (long)state.PollEvery.TotalMilliseconds,
        Outcome = state.Status == McpTaskStatus.Completed ? Complete(state.Result) : null,
        Error = state.Status == McpTaskStatus.Failed ? state.Error : null,
        InputRequests = state.Status == McpTaskStatus.InputRequired ? Questions(state) : null,
    };

    // A result inside a task says what it is, as one by itself does: the official tasks client asks for it.
    private static JsonNode? Complete(JsonNode? result)
    {
        if (result is JsonObject whole)
        {
            whole["resultType"] = "complete";
        }
        return result;
    }

    private static JsonObject Questions(TaskState state) => new(state.Questions.Select(q => new KeyValuePair<string, JsonNode?>(
        q.Key,
        JsonSerializer.SerializeToNode(q.Value, QuestionType))));

    private static string Text(DateTimeOffset time) =>
        time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
}
