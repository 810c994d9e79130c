using System.Text.Json.Serialization;

namespace McpI2V.Protocol.Tasks;

[JsonSerializable(typeof(TaskResult))]
[JsonSourceGenerationOptions(DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
internal sealed partial class TasksJson : JsonSerializerContext;
