using System.Text.Json.Serialization;

namespace McpI2V.Engine.Catalogue;

internal sealed record ModelFile(ModelEntry[] Models);

[JsonSerializable(typeof(ModelFile))]
[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower, ReadCommentHandling = System.Text.Json.JsonCommentHandling.Skip)]
internal sealed partial class CatalogueJson : JsonSerializerContext;
