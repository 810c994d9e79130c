using System.Text.Json.Nodes;

namespace McpI2V.Engine.Planning;

/// <summary>Short titles for edits.</summary>
public static class RecipeTitles
{
    /// <summary>The operations' names, and the words of a text.</summary>
    public static string FromSteps(JsonArray steps)
    {
        var names = steps.Select(step => step!["op"]!.GetValue<string>() switch
        {
            "text" => "text " + ShortTitles.FromText(step["text"]?.GetValue<string>() ?? "", "text"),
            "reframe" => "reframe",
            var name => name.Replace('_', ' '),
        });
        return string.Join(' ', names.Take(3));
    }
}
