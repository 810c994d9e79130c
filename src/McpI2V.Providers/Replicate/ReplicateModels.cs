using System.Text.Json.Nodes;
using McpI2V.Engine;
using McpI2V.Engine.Providers;
using McpI2V.Media;
using McpI2V.Media.Formats;
using McpI2V.Providers.Http;
using McpI2V.Providers.Schemas;

namespace McpI2V.Providers.Replicate;

/// <summary>Replicate's models as its API tells them.</summary>
internal sealed class ReplicateModels(ProviderHttp http, ReplicateErrors errors)
{
    /// <summary>
    /// Dollars for a second of an H100, the dearest single card of common listings (2026-11): Replicate's API names neither card nor price.
    /// </summary>
    public const decimal SecondUsd = 0.001525m;

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

    /// <summary>True for what may be a model's id.</summary>
    public static bool IsId(string text) => ReplicateModelId.Parse(text) is not null;

    /// <summary>A model.</summary>
    /// <exception cref="ProviderException">There is no such model (<see cref="ProviderException.IsGone"/>), it has no schema, or it could
    /// not be asked for.</exception>
    public async Task<ListedModel> ReadAsync(string text, CancellationToken cancellationToken)
    {
        var id = ReplicateModelId.Parse(text)
            ?? throw new ProviderException(ErrorCode.UnsupportedByModel, "the row names no model of Replicate", Acceptance.No);
        var path = $"models/{id.Model}{(id.Version is null ? "" : $"/versions/{id.Version}")}";
        var answer = await http.AskAsync(
            () => http.Request(HttpMethod.Get, http.At(path)),
            errors.Judge,
            cancellationToken);
        return Read(id, answer.Json!)
            ?? throw new ProviderException(
                ErrorCode.UnsupportedByModel,
                $"replicate tells no inputs of {ForeignText.Line(id.ToString(), 120)}",
                Acceptance.No);
    }

    /// <summary>Reads an answer of <c>GET models/{owner}/{name}</c>; null if there is no schema in it.</summary>
    public static ListedModel? Read(ReplicateModelId id, JsonObject model)
    {
        // A version of its own is answered without the model around it.
        var version = id.Version is null ? model["latest_version"] as JsonObject : model;
        if (version is null || Inside(version, "openapi_schema", "components", "schemas") is not JsonObject schemas)
        {
            return null;
        }
        var description = $"{id.Model} {model["description"]}";
        var makes = Example(Inside(model, "default_example", "output")) ?? Kind(ByDescription, description);
        // An official one is priced by what it makes and asked by its name; others are by the time that they take.
        var isOfficial = id.Version is null && model["is_official"] is JsonValue official && official.TryGetValue<bool>(out var is_) && is_;
        return ModelSchema.Read(schemas["Input"], schemas, description, makes) is { } schema
            ? new ListedModel
            {
                Id = id.ToString(),
                Schema = schema,
                Version = version["id"]?.ToString() is { Length: 64 } named ? named : id.Version,
                SecondUsd = isOfficial ? null : SecondUsd,
                Source = $"api.replicate.com/v1/models/{id.Model}",
            }
            : null;
    }

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
