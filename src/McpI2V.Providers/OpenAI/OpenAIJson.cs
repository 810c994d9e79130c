using System.Text.Json.Serialization;

namespace McpI2V.Providers.OpenAI;

[JsonSerializable(typeof(OpenAIWire))]
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
internal sealed partial class OpenAIJson : JsonSerializerContext;
