using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using McpI2V.Media.Ffmpeg;

namespace McpI2V.Engine.Catalogue;

[JsonSerializable(typeof(ModelFile))]
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    ReadCommentHandling = JsonCommentHandling.Skip,
    RespectNullableAnnotations = true,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    Converters = [typeof(SnakeCaseConverter<Capability>), typeof(SnakeCaseConverter<EncodeQuality>), typeof(WireMappingConverter)])]
internal sealed partial class CatalogueJson : JsonSerializerContext;

/// <summary>A mapping's own words; what holds for one kind of request stands there as it was written, not yet over the rest.</summary>
[JsonSerializable(typeof(WireMapping))]
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    ReadCommentHandling = JsonCommentHandling.Skip,
    RespectNullableAnnotations = true,
    Converters = [
        typeof(SnakeCaseConverter<Capability>),
        typeof(SnakeCaseConverter<EncodeQuality>),
        typeof(SnakeCaseConverter<Wire.LengthSpelling>),
        typeof(SnakeCaseConverter<Wire.SizeSpelling>),
        typeof(SnakeCaseConverter<Wire.SoundSpelling>)])]
internal sealed partial class WireJson : JsonSerializerContext;

/// <summary>Reads a mapping whole: each kind of request gets all words, its own over the others.</summary>
internal sealed class WireMappingConverter : JsonConverter<WireMapping>
{
    private const string ByCapability = "for";

    public override WireMapping? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        var again = reader;
        var read = JsonSerializer.Deserialize(ref reader, WireJson.Default.WireMapping);
        return read?.ByCapability is null ? read : Whole(JsonNode.Parse(ref again)!.AsObject());
    }

    public override void Write(Utf8JsonWriter writer, WireMapping value, JsonSerializerOptions options) =>
        JsonSerializer.Serialize(writer, value, WireJson.Default.WireMapping);

    private static WireMapping? Whole(JsonObject words)
    {
        var kinds = words[ByCapability]!.AsObject();
        words.Remove(ByCapability);
        foreach (var (kind, own) in kinds.ToList())
        {
            var whole = words.DeepClone().AsObject();
            foreach (var (word, value) in own?.AsObject() ?? [])
            {
                whole[word] = value?.DeepClone();
            }
            kinds[kind] = whole;
        }
        words[ByCapability] = kinds;
        return words.Deserialize(WireJson.Default.WireMapping);
    }
}
