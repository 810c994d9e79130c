using System.Text.Json.Nodes;
using McpI2V.Media.Geometry;

namespace McpI2V.Engine.Planning;

/// <summary>Short titles for edits.</summary>
public static class RecipeTitles
{
    private const int SubjectWords = 4;

    /// <summary>An edited clip: what it shows, what is done to it, and its ratio.</summary>
    /// <param name="subject">The title of what it is made of.</param>
    /// <param name="steps">What is done to it.</param>
    /// <param name="size">Its size.</param>
    public static string Of(string subject, JsonArray steps, PixelSize size) =>
        $"{ShortTitles.Subject(subject, "clip", SubjectWords)} {(steps.Count == 0 ? "edit" : FromSteps(steps))} {ShortTitles.Ratio(size)}";

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
