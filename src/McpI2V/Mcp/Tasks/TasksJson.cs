using System.Text.Json;
using System.Text.Json.Serialization;

namespace McpI2V.Mcp.Tasks;

[JsonSerializable(typeof(TaskResult))]
[JsonSerializable(typeof(Dictionary<string, JsonElement>))]
[JsonSourceGenerationOptions(DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
internal sealed partial class TasksJson : JsonSerializerContext;
