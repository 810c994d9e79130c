using McpI2V.Answers.Contents;
using McpI2V.Answers.Writing;

namespace McpI2V.Answers.Structured;

/// <summary>A job or a batch, and what it made.</summary>
internal sealed record WorkAnswer : StructuredAnswer
{
    /// <summary>The job.</summary>
    [Core]
    public JobContent? Job { get; init; }

    /// <summary>The batch.</summary>
    [Core]
    public BatchContent? Batch { get; init; }

    /// <summary>What was made.</summary>
    [Core]
    public IReadOnlyList<AssetContent>? Assets { get; init; }
}
