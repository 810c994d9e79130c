using System.Text.Json.Serialization;

namespace McpI2V.Providers.Gemini;

[JsonSerializable(typeof(GeminiWire))]
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
internal sealed partial class GeminiJson : JsonSerializerContext;
