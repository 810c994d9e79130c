using McpI2V.Media.Text.Setting;

namespace McpI2V.Media.Clips;

/// <summary>What the steps of one render found out: the names of their results in the work folder.</summary>
internal sealed class ClipAnalyses
{
    // Two steps of equal values stand at different places of a recipe and have looked at different clips.
    private readonly Dictionary<IClipOperation, string> results = new(ReferenceEqualityComparer.Instance);

    private readonly Dictionary<IClipOperation, SetText> texts = new(ReferenceEqualityComparer.Instance);

    private readonly List<string> notes = [];

    /// <summary>What became of what was set over the clip, in the order of the steps, and of what else was found.</summary>
    public IReadOnlyList<TextResult> Results =>
        [.. texts.Values.Select(t => t.Result), .. notes.Count > 0 ? [new TextResult { Notes = notes }] : Array.Empty<TextResult>()];

    /// <summary>Tells what a step does otherwise than it was asked for.</summary>
    public void Say(IEnumerable<string> told) => notes.AddRange(told);

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
