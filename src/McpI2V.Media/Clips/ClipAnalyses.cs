using McpI2V.Media.Text.Setting;

namespace McpI2V.Media.Clips;

/// <summary>What the steps of one render found out: the names of their results in the work folder.</summary>
internal sealed class ClipAnalyses
{
    // Two steps of equal values stand at different places of a recipe and have looked at different clips.
    private readonly Dictionary<IClipOperation, string> results = new(ReferenceEqualityComparer.Instance);

    private readonly Dictionary<IClipOperation, SetText> texts = new(ReferenceEqualityComparer.Instance);

    /// <summary>What was set over the clip, in the order of the steps.</summary>
    public IReadOnlyList<SetText> Texts => [.. texts.Values];

    public void Add(IClipOperation step, SetText text) => texts[step] = text;

    /// <summary>What was drawn for a step; null if nothing was.</summary>
    public SetText? TextOf(IClipOperation step) => texts.GetValueOrDefault(step);

    /// <summary>A number for the next layer that is drawn.</summary>
    public int NextLayer() => texts.Count;

    public void Add(IClipOperation step, string resultName) => results[step] = resultName;

    public bool Has(IClipOperation step) => results.ContainsKey(step);

    public string NameOf(IClipOperation step) =>
        results.GetValueOrDefault(step) ?? throw new InvalidOperationException($"{step.Name} is built before it has looked at the clip");
}
