using System.Text.Json.Nodes;

namespace McpI2V.Tools.Planning;

/// <summary>A list of texts as JSON.</summary>
internal static class TextList
{
    public static JsonArray ToJson(IEnumerable<string> texts) => new([.. texts.Select(t => JsonValue.Create(t))]);
}
