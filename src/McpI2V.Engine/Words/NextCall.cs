using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace McpI2V.Engine.Words;

/// <summary>A call written out, so that it can be made as it stands.</summary>
public static class NextCall
{
    /// <summary>The tool and its arguments.</summary>
    public static string Of(string tool, JsonObject arguments) => $"{tool} {Json(arguments)}";

    /// <summary>JSON in one line; letters beyond ASCII stay as they are.</summary>
    public static string Json(JsonNode node)
    {
        using var bytes = new MemoryStream();
        using (var writer = new Utf8JsonWriter(bytes, new JsonWriterOptions { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
        {
            node.WriteTo(writer);
        }
        return Encoding.UTF8.GetString(bytes.ToArray());
    }
}
