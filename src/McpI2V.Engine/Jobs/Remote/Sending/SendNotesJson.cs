using System.Text.Json.Serialization;

namespace McpI2V.Engine.Jobs.Remote.Sending;

[JsonSerializable(typeof(SendNote))]
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    UseStringEnumConverter = true)]
internal sealed partial class SendNotesJson : JsonSerializerContext;
