using System.Text.Json;
using System.Text.Json.Serialization;
using McpI2V.Media.Ffmpeg;

namespace McpI2V.Engine.Catalogue;

internal sealed record ModelFile(ModelEntry[] Models)
{
    /// <summary>The rows of a file as a user or an earlier process wrote it.</summary>
    /// <exception cref="JsonException">It is damaged, or something that is needed is null.</exception>
    public static ModelEntry[] Read(string json)
    {
        var models = JsonSerializer.Deserialize(json, CatalogueJson.Default.ModelFile)?.Models ?? [];
        return models.Any(m => m is null || Lists(m).Any(list => list.Contains(null)))
            ? throw new JsonException("a model, or a word in one of its lists, is null.")
            : models;
    }

    private static IEnumerable<string?[]> Lists(ModelEntry model) =>
        [
            model.Frames,
            model.Needs,
            model.Resolutions,
            model.AspectRatios,
            model.Options ?? [],
        ];
}

[JsonSerializable(typeof(ModelFile))]
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    ReadCommentHandling = JsonCommentHandling.Skip,
    RespectNullableAnnotations = true,
    Converters = [typeof(SnakeCaseConverter<Capability>), typeof(SnakeCaseConverter<EncodeQuality>)])]
internal sealed partial class CatalogueJson : JsonSerializerContext;
