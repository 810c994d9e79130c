using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using McpI2V.Media;

namespace McpI2V.Answers.Writing;

/// <summary>Writes stored JSON, such as a recipe, with every text in it made fit for the model.</summary>
internal sealed class FitNodeConverter : JsonConverter<JsonNode>
{
    /// <inheritdoc/>
    public override JsonNode? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        JsonNode.Parse(ref reader);

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, JsonNode value, JsonSerializerOptions options)
    {
        switch (value)
        {
            case JsonObject members:
                writer.WriteStartObject();
                foreach (var (name, member) in members)
                {
                    writer.WritePropertyName(name);
                    WriteOrNull(writer, member, options);
                }
                writer.WriteEndObject();
                break;
            case JsonArray items:
                writer.WriteStartArray();
                foreach (var item in items)
                {
                    WriteOrNull(writer, item, options);
                }
                writer.WriteEndArray();
                break;
            case JsonValue one when one.TryGetValue<string>(out var text):
                writer.WriteStringValue(ForeignText.Words(text));
                break;
            default:
                value.WriteTo(writer, options);
                break;
        }
    }

    private void WriteOrNull(Utf8JsonWriter writer, JsonNode? value, JsonSerializerOptions options)
    {
        if (value is null)
        {
            writer.WriteNullValue();
        }
        else
        {
            Write(writer, value, options);
        }
    }
}
