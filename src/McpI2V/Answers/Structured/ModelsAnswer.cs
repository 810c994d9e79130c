using McpI2V.Answers.Contents;
using McpI2V.Answers.Writing;

namespace McpI2V.Answers.Structured;

/// <summary>Models, or what there is of them.</summary>
internal sealed record ModelsAnswer : StructuredAnswer
{
    /// <summary>The models that were asked for; in an overview, some of those that can be used now.</summary>
    [Core]
    public IReadOnlyList<ModelContent>? Models { get; init; }

    /// <summary>The models by what they make; only in an overview.</summary>
    [Core]
    public IReadOnlyList<ModelFamily>? Families { get; init; }

    /// <summary>The models by who serves them; only in an overview.</summary>
    [Core]
    public IReadOnlyList<ModelProvider>? Providers { get; init; }
}
