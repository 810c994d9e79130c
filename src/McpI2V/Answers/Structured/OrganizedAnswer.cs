using McpI2V.Answers.Writing;

namespace McpI2V.Answers.Structured;

/// <summary>What was put in order.</summary>
internal sealed record OrganizedAnswer : StructuredAnswer
{
    /// <summary>What it was done with.</summary>
    [Core]
    public IReadOnlyList<string>? Items { get; init; }

    /// <summary>What was done.</summary>
    public string? Action { get; init; }
}
