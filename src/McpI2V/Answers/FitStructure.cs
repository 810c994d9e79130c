using System.Text.Json.Nodes;
using McpI2V.Media;

namespace McpI2V.Answers;

/// <summary>Makes the texts of a structure fit for the model: titles, prompts, recipes and names are others' words.</summary>
internal static class FitStructure
{
    // Where a program finds a file, or a message that was made fit when it was composed.
    private static readonly HashSet<string> Own = ["path", "uri", "url", "contact_sheet", "message", "reference"];

    /// <summary>The structure, with every text made fit.</summary>
    public static JsonObject FromSchema(JsonObject structure)
    {
        foreach (var (name, value) in structure.ToList())
        {
            if (!Own.Contains(name) && Fit(value) is { } fit)
            {
                structure[name] = fit;
            }
        }
        return structure;
    }

    // What takes the value's place; null: it stays.
    private static JsonNode? Fit(JsonNode? value)
    {
        switch (value)
        {
            case JsonObject members:
                FromSchema(members);
                return null;
            case JsonArray items:
                for (var i = 0; i < items.Count; i++)
                {
                    if (Fit(items[i]) is { } fit)
                    {
                        items[i] = fit;
                    }
                }
                return null;
            case JsonValue one when one.TryGetValue<string>(out var text) && ForeignText.Words(text) is var words && words != text:
                return JsonValue.Create(words);
            default:
                return null;
        }
    }
}
