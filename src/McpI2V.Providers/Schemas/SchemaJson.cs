using System.Text.Json.Serialization;

namespace McpI2V.Providers.Schemas;

[JsonSerializable(typeof(SchemaWire))]
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault)]
internal sealed partial class SchemaJson : JsonSerializerContext;
