using System.Text.Json.Serialization;
using McpI2V.Engine.Catalogue;
using McpI2V.Engine.Jobs.Remote;
using McpI2V.Engine.Providers;

namespace McpI2V.Engine.Jobs;

[JsonSerializable(typeof(Attempt[]))]
[JsonSerializable(typeof(PlannedOutput[]))]
[JsonSerializable(typeof(string[]))]
[JsonSerializable(typeof(RouteStep[]))]
[JsonSerializable(typeof(RemoteTask))]
[JsonSerializable(typeof(SendNote))]
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
internal sealed partial class JobsJson : JsonSerializerContext;
