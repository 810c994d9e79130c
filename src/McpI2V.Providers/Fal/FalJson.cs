using System.Text.Json.Serialization;

namespace McpI2V.Providers.Fal;

[JsonSerializable(typeof(FalWire))]
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
internal sealed partial class FalJson : JsonSerializerContext;
