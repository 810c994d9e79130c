using System.Text.Json;
using System.Text.Json.Serialization;

namespace McpI2V.Engine.Catalogue.Wire;

/// <summary>Reads and writes a place as its text.</summary>
public sealed class WirePathConverter : JsonConverter<WirePath>
{
    /// <inheritdoc/>
    public override WirePath Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        try
        {
            return WirePath.Parse(reader.TokenType == JsonTokenType.String ? reader.GetString()! : reader.TokenType.ToString());
        }
        catch (FormatException e)
        {
            throw new JsonException(e.Message, e);
        }
    }

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, WirePath value, JsonSerializerOptions options) =>
        writer.WriteStringValue(value.ToString());
}
