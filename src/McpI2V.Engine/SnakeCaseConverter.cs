using System.Text.Json;
using System.Text.Json.Serialization;
using McpI2V.Media;

namespace McpI2V.Engine;

/// <summary>Reads and writes a value of an enumeration as the tools spell it; a word that is none of its values is an error.</summary>
public sealed class SnakeCaseConverter<T> : JsonConverter<T>
    where T : struct, Enum
{
    /// <inheritdoc/>
    public override T Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType == JsonTokenType.String
            ? SnakeCase.Parse<T>(reader.GetString()!) ?? throw Unknown($"\"{reader.GetString()}\"")
            : throw Unknown(reader.TokenType.ToString());

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options) =>
        writer.WriteStringValue(SnakeCase.From(value));

    /// <inheritdoc/>
    public override T ReadAsPropertyName(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        SnakeCase.Parse<T>(reader.GetString()!) ?? throw Unknown($"\"{reader.GetString()}\"");

    /// <inheritdoc/>
    public override void WriteAsPropertyName(Utf8JsonWriter writer, T value, JsonSerializerOptions options) =>
        writer.WritePropertyName(SnakeCase.From(value));

    private static JsonException Unknown(string what) => new($"{what} is none of {SnakeCase.All<T>()}.");
}
