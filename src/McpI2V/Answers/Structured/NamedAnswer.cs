using McpI2V.Answers.Contents;
using McpI2V.Answers.Writing;

namespace McpI2V.Answers.Structured;

/// <summary>Elements, presets or batches that were found.</summary>
internal sealed record NamedAnswer : StructuredAnswer
{
    /// <summary>The elements.</summary>
    [Core]
    public IReadOnlyList<ElementContent>? Elements { get; init; }

    /// <summary>The presets.</summary>
    public IReadOnlyList<PresetsContent.Motion>? Presets { get; init; }

    /// <summary>The batches.</summary>
    public IReadOnlyList<Batch>? Batches { get; init; }

    /// <summary>A batch as it is listed.</summary>
    /// <param name="Id">batch-2.</param>
    /// <param name="Name">What the user calls it.</param>
    /// <param name="CreatedAt">When, in UTC.</param>
    internal sealed record Batch(string Id, string Name, string CreatedAt);
}
