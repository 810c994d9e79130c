using System.Text.Json.Serialization;

namespace McpI2V.Mcp.Tasks;

[JsonSerializable(typeof(TaskResult))]
[JsonSourceGenerationOptions(DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
internal sealed partial class TasksJson : JsonSerializerContext;
