using System.Text.Json.Serialization;

namespace McpI2V.Access;

[JsonSerializable(typeof(StoredToken[]))]
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    WriteIndented = true)]
internal sealed partial class TokenJson : JsonSerializerContext;
