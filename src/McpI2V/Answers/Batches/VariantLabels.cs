using System.Text.Json.Nodes;

namespace McpI2V.Answers.Batches;

/// <summary>What tells the variants of a batch apart, in a few words: <c>Glow, bottled. · push in</c>.</summary>
internal static class VariantLabels
{
    // What a person looks for first.
    private static readonly string[] Order = ["text", "platform", "prompt", "camera", "aspect_ratio", "image", "model", "audio", "take"];

    /// <summary>A label for each variant: its values on the axes on which the variants differ.</summary>
    /// <param name="variants">The values of each, as its job keeps them, and its title for where nothing differs.</param>
    public static IReadOnlyList<string> Of(IReadOnlyList<(string Values, string Title)> variants)
    {
        var values = variants.Select(v => Parse(v.Values)).ToList();
        var axes = Axes(values);
        return [.. values.Zip(variants, (own, variant) => axes.Count == 0
            ? variant.Title
            : string.Join(" · ", axes.Select(axis => Said(axis, Word(own, axis))).Where(w => w.Length > 0)))];
    }

    /// <summary>The values of a variant on the axes on which all of them differ.</summary>
    public static JsonObject Differing(string values, IEnumerable<string> all)
    {
        var axes = Axes([.. all.Select(Parse)]);
        return new JsonObject(Parse(values).Where(m => axes.Contains(m.Key)).Select(m => KeyValuePair.Create(m.Key, m.Value?.DeepClone())));
    }

    private static JsonObject Parse(string values) => JsonNode.Parse(values) as JsonObject ?? [];

    private static List<string> Axes(IReadOnlyList<JsonObject> values) =>
    [
        .. values
            .SelectMany(v => v.Select(m => m.Key))
            .Distinct()
            .Where(axis => values.Select(v => Word(v, axis)).Distinct().Skip(1).Any())
            .OrderBy(axis => Array.IndexOf(Order, axis) is var place && place < 0 ? Order.Length : place),
    ];

    private static string Word(JsonObject values, string axis) => values[axis] switch
    {
        JsonValue value when value.TryGetValue<string>(out var text) => text,
        null => "",
        var other => other.ToJsonString(),
    };

    private static string Said(string axis, string word) => axis switch
    {
        "take" => $"take {word}",
        "camera" or "platform" => word.Replace('_', ' '),
        _ => word,
    };
}
