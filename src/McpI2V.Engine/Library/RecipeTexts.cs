using System.Text.Json;
using System.Text.Json.Nodes;

namespace McpI2V.Engine.Library;

/// <summary>The words that a recipe writes into the picture: titles and captions, by which a clip is found.</summary>
internal static class RecipeTexts
{
    /// <summary>Every text of a recipe, in its order.</summary>
    public static IEnumerable<string> Of(JsonNode? recipe) => recipe switch
    {
        JsonArray list => list.SelectMany(Of),
        JsonObject step => step.SelectMany(m => m.Key == "text" && m.Value?.GetValueKind() == JsonValueKind.String
            ? [m.Value.GetValue<string>()]
            : Of(m.Value)),
        _ => [],
    };
}
