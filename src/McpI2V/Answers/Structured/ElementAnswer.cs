using McpI2V.Answers.Contents;
using McpI2V.Answers.Writing;

namespace McpI2V.Answers.Structured;

/// <summary>An element that was saved.</summary>
internal sealed record ElementAnswer : StructuredAnswer
{
    /// <summary>The element.</summary>
    [Core]
    public ElementContent? Element { get; init; }

    /// <summary>Its reference stills.</summary>
    [Core]
    public IReadOnlyList<AssetContent>? Assets { get; init; }
}
