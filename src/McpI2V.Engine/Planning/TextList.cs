using System.Text.Json.Nodes;

namespace McpI2V.Engine.Planning;

/// <summary>A list of texts as JSON.</summary>
public static class TextList
{
    /// <summary>The texts as a list.</summary>
    public static JsonArray ToJson(IEnumerable<string> texts) => new([.. texts.Select(t => JsonValue.Create(t))]);
}
