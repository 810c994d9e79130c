using System.Text.Json;
using System.Text.Json.Serialization;
using McpI2V.Media;

namespace McpI2V.Answers.Writing;

/// <summary>Writes texts fit for the model: titles, prompts, recipes and names are others' words.</summary>
internal sealed class FitTextConverter : JsonConverter<string>
{
    /// <inheritdoc/>
    public override string? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => reader.GetString();

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, string value, JsonSerializerOptions options) =>
        writer.WriteStringValue(ForeignText.Words(value));
}
