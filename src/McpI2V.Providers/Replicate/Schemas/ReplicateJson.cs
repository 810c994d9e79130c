using System.Text.Json.Serialization;

namespace McpI2V.Providers.Replicate.Schemas;

[JsonSerializable(typeof(ReplicateWire))]
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault)]
internal sealed partial class ReplicateJson : JsonSerializerContext;
