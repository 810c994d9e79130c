using System.Text.Json;
using System.Text.Json.Serialization;

namespace McpI2V.Answers.Writing;

/// <summary>Writes a text as it is: where a program finds a file, or a message that was made fit when it was composed.</summary>
internal sealed class OwnTextConverter : JsonConverter<string>
{
    /// <inheritdoc/>
    public override string? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) => reader.GetString();

    /// <inheritdoc/>
    public override void Write(Utf8JsonWriter writer, string value, JsonSerializerOptions options) => writer.WriteStringValue(value);
}
