using McpI2V.Answers.Contents;
using McpI2V.Answers.Writing;

namespace McpI2V.Answers.Structured;

/// <summary>Assets that were found.</summary>
internal sealed record AssetsAnswer : StructuredAnswer
{
    /// <summary>The assets.</summary>
    [Core]
    public IReadOnlyList<AssetContent>? Assets { get; init; }
}
