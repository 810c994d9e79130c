using System.Text.Json.Nodes;
using McpI2V.Media.Formats;

namespace McpI2V.Providers.Schemas;

/// <summary>A model as a JSON Schema describes it: what goes in, and what comes out.</summary>
internal sealed record ModelSchema
{
    private const int LongestName = 60;
    private const int MostTold = 40;

    /// <summary>What it says about itself.</summary>
    public string Description { get; init; } = "";

    /// <summary>Its inputs, by name, in its own order.</summary>
    public required IReadOnlyDictionary<string, InputMember> Inputs { get; init; }

    /// <summary>The inputs without which it does nothing.</summary>
    public IReadOnlyList<string> Required { get; init; } = [];

    /// <summary>What it makes; null: nothing tells.</summary>
    public MediaKind? Makes { get; init; }

    /// <summary>Reads the schema of an input; null if there is none in it.</summary>
    /// <param name="input">The schema, an object with properties.</param>
    /// <param name="schemas">What it may refer to.</param>
    /// <param name="description">What the model says about itself.</param>
    /// <param name="makes">What it makes; null: nothing tells.</param>
    public static ModelSchema? Read(JsonNode? input, JsonObject schemas, string description, MediaKind? makes) =>
        input is JsonObject schema && schema["properties"] is JsonObject properties
            ? new ModelSchema
            {
                Description = description,
                Inputs = properties
                    .Where(p => p.Value is JsonObject && IsName(p.Key))
                    .OrderBy(p => p.Value!["x-order"] is JsonValue place && place.TryGetValue<int>(out var order) ? order : int.MaxValue)
                    .ToDictionary(p => p.Key, p => InputMember.Read(p.Value!.AsObject(), schemas), StringComparer.Ordinal),
                Required =
                [
                    .. (schema["required"] as JsonArray ?? [])
                        .OfType<JsonValue>()
                        .Select(r => r.ToString())
                        .Where(properties.ContainsKey),
                ],
                Makes = makes,
            }
            : null;

    /// <summary>What a model makes by the word that its catalogue has for it; null: another word, or none.</summary>
    public static MediaKind? KindOf(string? word) => word switch
    {
        "image" => MediaKind.Still,
        "video" => MediaKind.Clip,
        "audio" => MediaKind.Audio,
        _ => null,
    };

    /// <summary>What is wrong with an input for this model, in words; null: nothing. What it does not know it may take no notice of, and
    /// would be paid for something else.</summary>
    public string? Fault(JsonObject input)
    {
        foreach (var (name, value) in input)
        {
            if (!Inputs.TryGetValue(name, out var member))
            {
                return $"it has no input {name}; it has {string.Join(", ", Inputs.Keys.Take(MostTold))}";
            }
            if (member.Fault(value) is { } wrong)
            {
                return $"{name} {wrong}";
            }
        }
        return Required.FirstOrDefault(r => !input.ContainsKey(r) && Inputs.GetValueOrDefault(r)?.Default is null) is { } missing
            ? $"it needs {missing}"
            : null;
    }

    // Names are anybody's words, and stand in ours.
    private static bool IsName(string name) =>
        name.Length <= LongestName && name.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-');
}
