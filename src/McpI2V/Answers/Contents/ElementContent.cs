using McpI2V.Engine.Library;

namespace McpI2V.Answers.Contents;

/// <summary>An element for programs.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Description">What it looks like.</param>
/// <param name="Images">Handles of its reference stills.</param>
internal sealed record ElementContent(string Name, string Description, IReadOnlyList<string> Images)
{
    /// <summary>An element.</summary>
    public static ElementContent FromElement(Element element) =>
        new(element.Name, element.Description, [.. element.Images.Select(i => i.ToString())]);
}
