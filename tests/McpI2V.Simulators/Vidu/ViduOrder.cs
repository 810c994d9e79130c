using System.Text.Json;
using System.Text.Json.Nodes;

namespace McpI2V.Simulators.Vidu;

/// <summary>
/// What Vidu takes and what it charges (contract sheet of 2026-11-21; readings of platform.vidu.com of 2026-06 to 2026-10). A member that
/// is not known is refused everywhere.
/// </summary>
public static class ViduOrder
{
    public const decimal UsdOfCredit = 0.005m;

    private const string Picture = "img2video";
    private const string TwoPictures = "start-end2video";
    private const string References = "reference2video";
    private const string Words = "text2video";

    private static readonly string[] Common =
    [
        "model", "prompt", "duration", "seed", "resolution", "audio", "audio_type", "voice_id", "bgm", "movement_amplitude", "off_peak",
        "watermark", "wm_position", "wm_url", "meta_data", "payload", "callback_url",
    ];

    // Credits a second by resolution; from pictures of the subject some cost otherwise.
    private static readonly Dictionary<string, Dictionary<string, int>> BySecond = new()
    {
        ["viduq3-turbo"] = new() { ["540p"] = 7, ["720p"] = 11, ["1080p"] = 13 },
        ["viduq3-pro"] = new() { ["540p"] = 9, ["720p"] = 20, ["1080p"] = 24 },
        ["viduq3-pro-fast"] = new() { ["720p"] = 20, ["1080p"] = 25 },
        ["viduq4-preview"] = new() { ["540p"] = 9, ["720p"] = 20, ["1080p"] = 24 },
        [References + " viduq3"] = new() { ["540p"] = 7, ["720p"] = 12, ["1080p"] = 15 },
        [References + " viduq3-turbo"] = new() { ["540p"] = 4, ["720p"] = 10, ["1080p"] = 13 },
        [References + " viduq3-mix"] = new() { ["720p"] = 24, ["1080p"] = 29 },
    };

    // Credits for the first second, and for the first two; each further one.
    private static readonly Dictionary<string, Dictionary<string, (int First, int Two, int Further)>> ByLength = new()
    {
        ["viduq2-pro-fast"] = new() { ["720p"] = (8, 10, 2), ["1080p"] = (16, 20, 4) },
        ["viduq2-turbo"] = new() { ["540p"] = (6, 8, 2), ["720p"] = (8, 10, 10), ["1080p"] = (35, 45, 10) },
        ["viduq2-pro"] = new() { ["540p"] = (8, 10, 5), ["720p"] = (15, 25, 10), ["1080p"] = (55, 70, 15) },
    };

    private static readonly Dictionary<string, string[]> Models = new()
    {
        [Picture] = ["viduq3-turbo", "viduq3-pro", "viduq3-pro-fast", "viduq4-preview", .. ByLength.Keys],
        [TwoPictures] = ["viduq3-turbo", "viduq3-pro"],
        [References] = ["viduq3", "viduq3-turbo", "viduq3-mix"],
        [Words] = ["viduq3-turbo", "viduq3-pro"],
    };

    /// <summary>Every endpoint.</summary>
    public static IEnumerable<string> Endpoints => Models.Keys;

    /// <summary>True where a model is asked for that an endpoint has.</summary>
    public static bool HasModel(string endpoint, JsonObject body) => Models[endpoint].Contains($"{body["model"]}");

    /// <summary>The first thing that is wrong with a request; null if nothing is.</summary>
    public static (string Code, string Message)? Fault(string endpoint, JsonObject body) =>
        When(body.Select(m => m.Key).FirstOrDefault(k => !Known(endpoint).Contains(k)), "FieldUnwanted")
        ?? When(endpoint is References or Words && string.IsNullOrEmpty($"{body["prompt"]}") ? "prompt" : null, "FieldLacking")
        ?? When($"{body["prompt"]}".Length > (endpoint == References ? 2000 : 5000) ? "prompt" : null, "FieldInvalid")
        ?? When(IsCount(endpoint, body) ? null : "images", "FieldItemCountOutOfRange")
        ?? When(PicturesOf(body).Any(p => !IsPicture(p)) ? "images" : null, "ImageFormatInvalid")
        ?? When(IsLength(endpoint, body) ? null : "duration", "FieldInvalid")
        ?? When(Credits(endpoint, body) is null ? "resolution" : null, "FieldInvalid")
        ?? When(IsOneOf(body, "aspect_ratio", ["16:9", "9:16", "1:1", "3:4", "4:3"]) ? null : "aspect_ratio", "FieldInvalid")
        ?? When(
            new[] { "audio", "bgm", "is_rec", "off_peak", "watermark" }.FirstOrDefault(n => body[n] is { } flag && !IsFlag(flag)),
            "FieldInvalid")
        ?? When(body["seed"] is { } seed && !IsWhole(seed, 0, int.MaxValue) ? "seed" : null, "FieldInvalid");

    /// <summary>What a request costs in credits, broken ones rounded up; null: there is no such resolution.</summary>
    public static int? Credits(string endpoint, JsonObject body)
    {
        var model = $"{body["model"]}";
        if (Of(endpoint, model, $"{body["resolution"] ?? "720p"}", SecondsOf(body)) is not { } credits)
        {
            return null;
        }
        credits += ByLength.ContainsKey(model) && (bool?)body["audio"] == true ? 15 : 0;
        credits += (bool?)body["is_rec"] == true ? 10 : 0;
        return IsOffPeak(body) ? (credits + 1) / 2 : credits;
    }

    /// <summary>True for a task that may wait for two days, for half the price.</summary>
    public static bool IsOffPeak(JsonObject body) => (bool?)body["off_peak"] == true;

    /// <summary>The length in seconds.</summary>
    public static int SecondsOf(JsonObject body) => (int?)body["duration"] ?? 5;

    /// <summary>The short side in pixels.</summary>
    public static int SideOf(JsonObject body) => $"{body["resolution"] ?? "720p"}" switch { "540p" => 540, "1080p" => 1080, _ => 720 };

    /// <summary>The ratio that is asked for; null: that of the picture.</summary>
    public static string? RatioOf(string endpoint, JsonObject body) =>
        endpoint is References or Words ? $"{body["aspect_ratio"] ?? "16:9"}" : null;

    /// <summary>True if it is heard: Q3 and Q4 speak unless they are told not to.</summary>
    public static bool HasSound(JsonObject body) => (bool?)body["audio"] ?? !ByLength.ContainsKey($"{body["model"]}");

    /// <summary>The pictures.</summary>
    public static IReadOnlyList<string> PicturesOf(JsonObject body) =>
        [.. (body["images"] as JsonArray ?? []).Select(i => $"{i}")];

    private static int? Of(string endpoint, string model, string resolution, int seconds)
    {
        if (ByLength.TryGetValue(model, out var lengths))
        {
            return !lengths.TryGetValue(resolution, out var of) ? null : seconds == 1 ? of.First : of.Two + (of.Further * (seconds - 2));
        }
        var rates = BySecond.GetValueOrDefault($"{endpoint} {model}") ?? BySecond[model];
        return rates.TryGetValue(resolution, out var rate) ? rate * seconds : null;
    }

    private static string[] Known(string endpoint) => endpoint switch
    {
        Picture or TwoPictures => [.. Common, "images", "is_rec"],
        References => [.. Common, "images", "aspect_ratio"],
        _ => [.. Common, "aspect_ratio", "style"],
    };

    private static bool IsCount(string endpoint, JsonObject body) => endpoint switch
    {
        Picture => PicturesOf(body).Count == 1,
        TwoPictures => PicturesOf(body).Count == 2,
        References => PicturesOf(body).Count is >= 1 and <= 7,
        _ => true,
    };

    private static bool IsLength(string endpoint, JsonObject body)
    {
        var model = $"{body["model"]}";
        var (least, most) = (
            endpoint == References || model == "viduq4-preview" ? 3 : 1,
            ByLength.ContainsKey(model) ? 10 : 16);
        return body["duration"] is not { } length || IsWhole(length, least, most);
    }

    private static bool IsPicture(string picture) => picture.StartsWith("http", StringComparison.Ordinal)
        || new[] { "png", "jpeg", "jpg", "webp" }.Any(t => picture.StartsWith($"data:image/{t};base64,", StringComparison.Ordinal));

    private static bool IsOneOf(JsonObject body, string member, string[] allowed) =>
        body[member] is not { } given || allowed.Contains($"{given}");

    private static bool IsFlag(JsonNode node) => node.GetValueKind() is JsonValueKind.True or JsonValueKind.False;

    private static bool IsWhole(JsonNode node, double least, double most) => node.GetValueKind() == JsonValueKind.Number
        && (double)node is var number
        && number >= least
        && number <= most
        && Math.Floor(number) == number;

    private static (string, string)? When(string? member, string code) => member is null ? null : (code, $"field {member}: {code}");
}
