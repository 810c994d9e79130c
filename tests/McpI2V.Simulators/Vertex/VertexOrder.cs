using System.Text.Json;
using System.Text.Json.Nodes;

namespace McpI2V.Simulators.Vertex;

/// <summary>What Veo takes (@google/genai 3.1.0: generateVideosParametersToVertex), and what it charges for a second.</summary>
public static class VertexOrder
{
    /// <summary>The models that are served.</summary>
    public static readonly string[] Models = ["veo-3.1-generate-001", "veo-3.1-fast-generate-001", "veo-3.1-lite-generate-001"];

    private static readonly string[] Members = ["instances", "parameters", "labels"];
    private static readonly string[] OfInstance = ["prompt", "image", "lastFrame", "referenceImages", "video", "mask"];
    private static readonly string[] OfParameters =
    [
        "aspectRatio", "resolution", "durationSeconds", "sampleCount", "seed", "generateAudio", "negativePrompt", "personGeneration",
        "resizeMode", "enhancePrompt", "compressionQuality", "storageUri", "fps", "pubsubTopic",
    ];

    private static readonly Dictionary<string, string[]> Values = new(StringComparer.Ordinal)
    {
        ["aspectRatio"] = ["16:9", "9:16"],
        ["resolution"] = ["720p", "1080p", "4k"],
        ["durationSeconds"] = ["4", "6", "8"],
        ["sampleCount"] = ["1", "2", "3", "4"],
        ["personGeneration"] = ["dont_allow", "allow_adult", "allow_all"],
        ["resizeMode"] = ["CROP", "PAD"],
        ["compressionQuality"] = ["OPTIMIZED", "LOSSLESS"],
    };

    /// <summary>The instance of an order.</summary>
    public static JsonObject Instance(JsonObject body) => (body["instances"] as JsonArray)?.FirstOrDefault() as JsonObject ?? [];

    /// <summary>A parameter; null: it is not set.</summary>
    public static string? Parameter(JsonObject body, string name) => body["parameters"]?[name]?.ToString();

    /// <summary>Every picture of an order, the first frame first.</summary>
    public static IEnumerable<JsonObject> Pictures(JsonObject body)
    {
        var instance = Instance(body);
        return new[] { instance["image"], instance["lastFrame"] }
            .Concat((instance["referenceImages"] as JsonArray ?? []).Select(r => r?["image"]))
            .OfType<JsonObject>();
    }

    /// <summary>How long the clip is to be.</summary>
    public static int Seconds(JsonObject body) =>
        int.TryParse(Parameter(body, "durationSeconds"), System.Globalization.CultureInfo.InvariantCulture, out var seconds) ? seconds : 8;

    /// <summary>Its size.</summary>
    public static (int Width, int Height) Size(JsonObject body)
    {
        var shortSide = Parameter(body, "resolution") switch { "1080p" => 1080, "4k" => 2160, _ => 720 };
        return Parameter(body, "aspectRatio") == "9:16" ? (shortSide, shortSide * 16 / 9) : (shortSide * 16 / 9, shortSide);
    }

    /// <summary>True where it has sound: it has unless it is told otherwise.</summary>
    public static bool HasSound(JsonObject body) => Parameter(body, "generateAudio") != "false";

    /// <summary>What it costs.</summary>
    public static decimal Usd(string model, JsonObject body)
    {
        var (resolution, count) = (Parameter(body, "resolution") ?? "720p", int.Parse(Parameter(body, "sampleCount") ?? "1",
            System.Globalization.CultureInfo.InvariantCulture));
        var second = (model, resolution, HasSound(body)) switch
        {
            ("veo-3.1-generate-001", "4k", true) => 0.6m,
            ("veo-3.1-generate-001", "4k", false) or ("veo-3.1-generate-001", _, true) => 0.4m,
            ("veo-3.1-generate-001", _, false) => 0.2m,
            ("veo-3.1-fast-generate-001", "4k", true) => 0.3m,
            ("veo-3.1-fast-generate-001", "4k", false) => 0.25m,
            ("veo-3.1-fast-generate-001", "1080p", true) => 0.12m,
            ("veo-3.1-fast-generate-001", "1080p", false) or ("veo-3.1-fast-generate-001", _, true) => 0.1m,
            ("veo-3.1-fast-generate-001", _, false) => 0.08m,
            (_, "1080p", true) => 0.08m,
            (_, "1080p", false) or (_, _, true) => 0.05m,
            _ => 0.03m,
        };
        return second * Seconds(body) * count;
    }

    /// <summary>The first thing that is wrong with an order; null if nothing is.</summary>
    public static string? Fault(string model, JsonObject body)
    {
        var (instance, parameters) = (Instance(body), body["parameters"] as JsonObject ?? []);
        var unknown = body.Select(m => m.Key).Except(Members)
            .Concat(instance.Select(m => m.Key).Except(OfInstance))
            .Concat(parameters.Select(m => m.Key).Except(OfParameters))
            .FirstOrDefault();
        if (unknown is not null)
        {
            return $"Invalid JSON payload received. Unknown name \"{unknown}\"";
        }
        foreach (var (name, values) in Values)
        {
            if (parameters[name] is { } value && !values.Contains(value.ToString()))
            {
                return $"{name}: {value} is not supported. Supported values: {string.Join(", ", values)}";
            }
        }
        if (parameters["generateAudio"] is { } sound && sound.GetValueKind() is not (JsonValueKind.True or JsonValueKind.False))
        {
            return "generateAudio must be a boolean";
        }
        return Parameter(body, "resolution") == "4k" && model.Contains("lite", StringComparison.Ordinal)
            ? "resolution: 4k is not supported by this model"
            : Mixture(instance, body) ?? Pictures(body).Select(OfPicture).FirstOrDefault(f => f is not null);
    }

    private static string? Mixture(JsonObject instance, JsonObject body) =>
        instance["prompt"] is null && instance["image"] is null ? "Either prompt or image is required"
        : instance["lastFrame"] is not null && instance["image"] is null ? "lastFrame needs image"
        : instance["referenceImages"] is not JsonArray references ? null
        : instance["image"] is not null ? "Image and reference images cannot be both set."
        : references.Count > 3 || references.Any(r => r?["referenceType"]?.ToString() != "asset") ? "Up to 3 asset images are supported"
        : Seconds(body) != 8 ? "durationSeconds must be 8 with reference images" : null;

    private static string? OfPicture(JsonObject picture) =>
        picture["mimeType"]?.ToString() is not ("image/png" or "image/jpeg") ? "Unsupported mime type of an image"
        : picture["bytesBase64Encoded"] is null == picture["gcsUri"] is null ? "Exactly one of bytesBase64Encoded and gcsUri must be set"
        : picture["gcsUri"] is { } uri && !uri.ToString().StartsWith("gs://", StringComparison.Ordinal) ? "Unsupported scheme of gcsUri"
        : null;
}
