using System.Text.Json.Serialization;
using System.Text.Json;
using McpI2V.Answers.Contents;
using McpI2V.Answers.Writing;
using McpI2V.Engine;
using McpI2V.Media.Ffmpeg;

namespace McpI2V.Answers.Structured;

[JsonSerializable(typeof(WorkAnswer))]
[JsonSerializable(typeof(AssetsAnswer))]
[JsonSerializable(typeof(ElementAnswer))]
[JsonSerializable(typeof(OrganizedAnswer))]
[JsonSerializable(typeof(NamedAnswer))]
[JsonSerializable(typeof(ModelsAnswer))]
[JsonSerializable(typeof(ErrorAnswer))]
[JsonSerializable(typeof(PresetsContent))]
[JsonSerializable(typeof(LineageContent))]
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    Converters = [typeof(FitTextConverter), typeof(FitNodeConverter), typeof(SnakeCaseConverter<EncodeQuality>)])]
internal sealed partial class AnswerJson : JsonSerializerContext
{
    /// <summary>What a program reads of an answer, as JSON.</summary>
    public static JsonElement ToElement(StructuredAnswer answer) =>
        JsonSerializer.SerializeToElement(answer, Default.GetTypeInfo(answer.GetType())!);
}
