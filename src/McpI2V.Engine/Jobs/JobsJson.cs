using System.Text.Json.Serialization;

namespace McpI2V.Engine.Jobs;

[JsonSerializable(typeof(Attempt[]))]
[JsonSerializable(typeof(PlannedOutput[]))]
[JsonSerializable(typeof(string[]))]
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
internal sealed partial class JobsJson : JsonSerializerContext;
