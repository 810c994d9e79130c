namespace McpI2V.Media.Clips;

/// <summary>What the steps of one render found out: the names of their results in the work folder.</summary>
internal sealed class ClipAnalyses
{
    // Two steps of equal values stand at different places of a recipe and have looked at different clips.
    private readonly Dictionary<IClipOperation, string> results = new(ReferenceEqualityComparer.Instance);

    public void Add(IClipOperation step, string resultName) => results[step] = resultName;

    public string NameOf(IClipOperation step) =>
        results.GetValueOrDefault(step) ?? throw new InvalidOperationException($"{step.Name} is built before it has looked at the clip");
}
