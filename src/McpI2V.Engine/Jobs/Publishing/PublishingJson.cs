using System.Text.Json.Serialization;

namespace McpI2V.Engine.Jobs.Publishing;

[JsonSerializable(typeof(PlannedOutput[]))]
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
internal sealed partial class PublishingJson : JsonSerializerContext;
