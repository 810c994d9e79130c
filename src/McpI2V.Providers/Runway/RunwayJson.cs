using System.Text.Json.Serialization;

namespace McpI2V.Providers.Runway;

[JsonSerializable(typeof(RunwayWire))]
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
internal sealed partial class RunwayJson : JsonSerializerContext;

[JsonSerializable(typeof(RunwayTask))]
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
internal sealed partial class RunwayTaskJson : JsonSerializerContext;
