using McpI2V.Answers.Contents;
using McpI2V.Answers.Writing;

namespace McpI2V.Answers.Structured;

/// <summary>What a program reads of an answer. Its schema is written from these records, and so is the JSON.</summary>
internal abstract record StructuredAnswer
{
    /// <summary>Advice; nothing was refused because of it.</summary>
    public IReadOnlyList<string>? Warnings { get; init; }

    /// <summary>What to do next.</summary>
    public IReadOnlyList<string>? Next { get; init; }

    /// <summary>What went wrong.</summary>
    [Core]
    public ErrorContent? Error { get; init; }
}
