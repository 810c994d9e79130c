using System.Text.Json.Nodes;
using McpI2V.Media.Formats;

namespace McpI2V.Providers.Replicate.Schemas;

/// <summary>A model as Replicate describes it: what goes in, and what comes out.</summary>
internal sealed record ModelSchema
{
    private const int LongestName = 60;
    private const int MostTold = 40;

    private static readonly (string[] Words, MediaKind Kind)[] ByEnding =
    [
        ([".mp4", ".webm", ".mov"], MediaKind.Clip),
        ([".png", ".jpg", ".jpeg", ".webp", ".avif"], MediaKind.Still),
        ([".mp3", ".wav", ".flac", ".ogg", ".m4a"], MediaKind.Audio),
    ];

    private static readonly (string[] Words, MediaKind Kind)[] ByDescription =
    [
        (["video", "i2v", "animate"], MediaKind.Clip),
        (["image", "picture", "photo"], MediaKind.Still),
        (["speech", "voice", "music", "audio", "sound"], MediaKind.Audio),
    ];

    /// <summary>Which model.</summary>
    public required ReplicateModelId Id { get; init; }

    /// <summary>The version that was read; null: Replicate names none.</summary>
    public string? Version { get; init; }

    /// <summary>True for a model that is priced by what it makes and asked by its name; others are by the time that they take.</summary>
    public bool IsOfficial { get; init; }

    /// <summary>What it says about itself.</summary>
    public string Description { get; init; } = "";

    /// <summary>Its inputs, by name, in its own order.</summary>
    public required IReadOnlyDictionary<string, InputMember> Inputs { get; init; }

    /// <summary>The inputs without which it does nothing.</summary>
    public IReadOnlyList<string> Required { get; init; } = [];

    /// <summary>What it makes; null: nothing tells.</summary>
    public MediaKind? Makes { get; init; }

    /// <summary>Reads an answer of <c>GET models/{owner}/{name}</c>; null if there is no schema in it.</summary>
    public static ModelSchema? Read(ReplicateModelId id, JsonObject model)
    {
        // A version of its own is answered without the model around it.
        var version = id.Version is null ? model["latest_version"] as JsonObject : model;
        if (version is null
            || Inside(version, "openapi_schema", "components", "schemas") is not JsonObject schemas
            || schemas["Input"] is not JsonObject input
            || input["properties"] is not JsonObject properties)
        {
            return null;
        }
        var description = $"{id.Model} {model["description"]}";
        return new ModelSchema
        {
            Id = id,
            Version = version["id"]?.ToString() is { Length: 64 } named ? named : id.Version,
            IsOfficial = id.Version is null && model["is_official"] is JsonValue official && official.TryGetValue<bool>(out var is_) && is_,
            Description = description,
            Inputs = properties
                .Where(p => p.Value is JsonObject && IsName(p.Key))
                .OrderBy(p => p.Value!["x-order"] is JsonValue place && place.TryGetValue<int>(out var order) ? order : int.MaxValue)
                .ToDictionary(p => p.Key, p => InputMember.Read(p.Value!.AsObject(), schemas), StringComparer.Ordinal),
            Required =
            [
                .. (input["required"] as JsonArray ?? []).OfType<JsonValue>().Select(r => r.ToString()).Where(properties.ContainsKey),
            ],
            Makes = Example(Inside(model, "default_example", "output")) ?? Kind(ByDescription, description),
        };
    }

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

    // What is not there, or of another kind than it should be, is nothing.
    private static JsonNode? Inside(JsonNode? node, params ReadOnlySpan<string> path)
    {
        foreach (var name in path)
        {
            node = (node as JsonObject)?[name];
        }
        return node;
    }

    private static MediaKind? Example(JsonNode? output) =>
        OutputFiles.Addresses(output).Select(a => Kind(ByEnding, a.AbsolutePath)).FirstOrDefault(k => k is not null);

    private static MediaKind? Kind((string[] Words, MediaKind Kind)[] table, string text) => table
        .Where(t => t.Words.Any(w => table == ByEnding
            ? text.EndsWith(w, StringComparison.OrdinalIgnoreCase)
            : text.Contains(w, StringComparison.OrdinalIgnoreCase)))
        .Select(t => (MediaKind?)t.Kind)
        .FirstOrDefault();
}
