using System.Text.Json.Serialization;

namespace McpI2V.Engine.Generation;

/// <summary>How requests are written into jobs.</summary>
[JsonSerializable(typeof(StillRequest))]
[JsonSerializable(typeof(AnimateRequest))]
[JsonSerializable(typeof(RecipeRequest))]
[JsonSerializable(typeof(TransformRequest))]
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
public sealed partial class GenerationJson : JsonSerializerContext;
