using System.Text.Json.Serialization;

namespace McpI2V.Engine.Jobs.Tasks;

[JsonSerializable(typeof(string[]))]
internal sealed partial class TasksJson : JsonSerializerContext;
