using System.Text.Json.Serialization;
using McpI2V.Engine.Catalogue;
using McpI2V.Media.Camera;
using McpI2V.Media.Ffmpeg;
using McpI2V.Media.Text;

namespace McpI2V.Engine.Generation;

/// <summary>How requests are written into jobs.</summary>
[JsonSerializable(typeof(GenerationRequest))]
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    AllowOutOfOrderMetadataProperties = true,
    Converters =
    [
        typeof(SnakeCaseConverter<Capability>),
        typeof(SnakeCaseConverter<EncodeQuality>),
        typeof(SnakeCaseConverter<TextPosition>),
        typeof(SnakeCaseConverter<CameraMove>),
        typeof(SnakeCaseConverter<Easing>),
    ])]
internal sealed partial class GenerationJson : JsonSerializerContext;
