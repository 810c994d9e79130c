using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace McpI2V.Simulators.Bfl;

/// <summary>
/// What Black Forest Labs takes and what it charges (contract sheet of 2026-11-21; @ai-sdk/black-forest-labs 2.0.41). A member that is not
/// known is refused everywhere.
/// </summary>
public static class BflOrder
{
    public const string Video = "flux-3-video";
    public const string Still = "flux-3-image";
    public const string Edit = "flux-tools/video-edit-v1";
    public const string Upscale = "flux-tools/video-upscale-v1";

    private static readonly string[] VideoRatios = ["auto", "21:9", "2:1", "16:9", "4:3", "1:1", "3:4", "9:16"];
    private static readonly string[] StillRatios =
    [
        "auto", "21:9", "2:1", "16:9", "3:2", "7:5", "4:3", "5:4", "1:1", "4:5", "3:4", "5:7", "2:3", "9:16", "1:2", "9:21",
    ];

    private static readonly string[] OfVideos =
    [
        "mode", "prompt", "keyframes", "start_video", "draft_cache", "duration", "aspect_ratio", "resolution", "generate_audio",
        "safety_tolerance", "draft", "version",
    ];

    private static readonly string[] Numbered =
        [.. Enumerable.Range(1, 8).Select(i => i == 1 ? "input_image" : $"input_image_{i}")];

    private static readonly string[] OfFlux2 =
    [
        "prompt", "width", "height", "seed", "safety_tolerance", "output_format", "webhook_url", "webhook_secret", "aspect_ratio",
        .. Numbered,
    ];

    // Dollars: the first megapixel, each further one of what comes out or goes in; the members that one has alone.
    private static readonly Dictionary<string, (decimal First, decimal Further, string[] Own)> Flux2 = new()
    {
        ["flux-2-pro"] = (0.03m, 0.015m, ["disable_pup"]),
        ["flux-2-max"] = (0.07m, 0.03m, ["disable_pup"]),
        ["flux-2-flex"] = (0.05m, 0.05m, ["steps", "guidance", "prompt_upsampling"]),
        ["flux-2-klein-9b"] = (0.015m, 0.002m, []),
        ["flux-2-klein-4b"] = (0.014m, 0.001m, []),
    };

    // Dollars a second of what is made anew: from words or pictures, and where a clip goes on.
    private static readonly Dictionary<string, (int Side, decimal Usd, decimal Further)> Resolutions = new()
    {
        ["hd"] = (720, 0.17m, 0.41m),
        ["fhd"] = (1080, 0.29m, 0.53m),
        ["qhd"] = (1440, 0.40m, 0.65m),
        ["uhd"] = (2160, 0.80m, 0.95m),
    };

    private static readonly Dictionary<string, (int Side, decimal Usd)> Stills = new()
    {
        ["768sq"] = (768, 0.041m),
        ["1k"] = (1024, 0.048m),
        ["1.5k"] = (1152, 0.07m),
        ["2k"] = (1536, 0.10m),
        ["4k"] = (2160, 0.607m),
    };

    /// <summary>Every endpoint.</summary>
    public static IEnumerable<string> Endpoints => [Video, Still, Edit, Upscale, .. Flux2.Keys];

    /// <summary>True where a clip is made.</summary>
    public static bool MakesClip(string endpoint) => endpoint is Video or Edit or Upscale;

    /// <summary>True for a model whose final answer tells what was charged.</summary>
    public static bool TellsCost(string endpoint) => !Flux2.ContainsKey(endpoint);

    /// <summary>The first thing that is wrong with a request; null if nothing is.</summary>
    public static (string Member, string Words)? Fault(string endpoint, JsonObject body) =>
        When(body.Select(m => m.Key).FirstOrDefault(k => !Known(endpoint).Contains(k)), "Extra inputs are not permitted")
        ?? Needed(endpoint, body)
        ?? When(MediaOf(body).Any(m => m.StartsWith("data:", StringComparison.Ordinal)) ? "body" : null, "Invalid base64 string")
        ?? endpoint switch
        {
            Video => OfVideo(body),
            Still => OneOf(body, "aspect_ratio", StillRatios)
                ?? OneOf(body, "resolution", [.. Stills.Keys])
                ?? When(body["images"] is JsonArray { Count: > 10 } ? "images" : null, "List should have at most 10 items"),
            Edit => null,
            Upscale => Within(body, "upscale_factor", 1.5, 3, isWhole: false) ?? Within(body, "creativity", 0, 1, isWhole: true),
            _ => OneOf(body, "output_format", ["jpeg", "png"])
                ?? Within(body, "width", 64, 4096, isWhole: true)
                ?? Within(body, "height", 64, 4096, isWhole: true)
                ?? Sixteens(body),
        };

    /// <summary>Every picture and clip of a request: an address, or base64.</summary>
    public static IReadOnlyList<string> MediaOf(JsonObject body) =>
    [
        .. new[] { "start_video", "video", "input_video" }.Concat(Numbered).Select(n => body[n]?.ToString()).OfType<string>(),
        .. new[] { "keyframes", "images" }
            .SelectMany(n => body[n] switch { JsonArray several => several, null => [], var one => new JsonArray(one.DeepClone()) })
            .Select(k => (k is JsonArray timed ? timed[1] : k)?.ToString())
            .OfType<string>(),
    ];

    /// <summary>The short side of what is made, before it is brought to the model's steps; 0: it follows what goes in.</summary>
    public static int SideOf(string endpoint, JsonObject body) => endpoint switch
    {
        Video => Resolutions[$"{body["resolution"] ?? "hd"}"].Side,
        Still => Stills[$"{body["resolution"] ?? "1k"}"].Side,
        Edit => 720,
        _ => 0,
    };

    /// <summary>The length of what is made anew.</summary>
    public static double SecondsOf(JsonObject body) =>
        double.TryParse($"{body["duration"]}", CultureInfo.InvariantCulture, out var seconds) ? seconds : 6;

    /// <summary>What a clip costs.</summary>
    /// <param name="endpoint">The endpoint.</param>
    /// <param name="body">The request.</param>
    /// <param name="made">What comes out: its megapixels and its seconds, of which what is new counts where a clip goes on.</param>
    public static decimal Usd(string endpoint, JsonObject body, (decimal Megapixels, double Seconds) made)
    {
        var seconds = (decimal)made.Seconds;
        if (endpoint != Video)
        {
            return decimal.Round(endpoint == Edit ? 0.03m * seconds : 0.07m * made.Megapixels * seconds, 6);
        }
        var goesOn = $"{body["mode"]}" == "v2v";
        var (_, usd, further) = Resolutions[$"{body["resolution"] ?? "hd"}"];
        return (bool?)body["draft"] == true ? (goesOn ? 0.12m : 0.06m) * seconds : (goesOn ? further : usd) * seconds;
    }

    /// <summary>What a still costs.</summary>
    /// <param name="endpoint">The endpoint.</param>
    /// <param name="body">The request.</param>
    /// <param name="megapixels">What comes out and what goes in, each begun one counted.</param>
    public static decimal UsdOfStill(string endpoint, JsonObject body, int megapixels) => endpoint == Still
        ? Stills[$"{body["resolution"] ?? "1k"}"].Usd
        : Flux2[endpoint].First + (Flux2[endpoint].Further * (megapixels - 1));

    private static string[] Known(string endpoint) => endpoint switch
    {
        Video => OfVideos,
        Still => ["prompt", "images", "aspect_ratio", "resolution", "grounding", "safety_tolerance"],
        Edit => ["prompt", "video", "safety_tolerance"],
        Upscale => ["input_video", "upscale_factor", "creativity", "prompt", "safety_tolerance"],
        _ => [.. OfFlux2, .. Flux2[endpoint].Own],
    };

    private static (string, string)? Needed(string endpoint, JsonObject body)
    {
        string[] needed = endpoint switch
        {
            Video => ["mode"],
            Edit => ["prompt", "video"],
            Upscale => ["input_video"],
            _ => ["prompt"],
        };
        return When(needed.FirstOrDefault(n => string.IsNullOrEmpty(body[n]?.ToString())), "Field required");
    }

    private static (string, string)? OfVideo(JsonObject body)
    {
        var mode = $"{body["mode"]}";
        var (member, others) = mode switch
        {
            "t2v" => ("prompt", new[] { "keyframes", "start_video", "draft_cache" }),
            "i2v" => ("keyframes", ["start_video", "draft_cache"]),
            "v2v" => ("start_video", ["keyframes", "draft_cache"]),
            _ => ("draft_cache", [.. OfVideos.Except(["mode", "draft_cache", "safety_tolerance", "resolution"])]),
        };
        return OneOf(body, "mode", ["t2v", "i2v", "v2v", "draft_enhance"])
            ?? When(
                body[member] is null || (mode != "draft_enhance" && string.IsNullOrEmpty($"{body["prompt"]}")) ? member : null,
                "Field required")
            ?? When(others.FirstOrDefault(o => body[o] is not null), $"not allowed with mode {mode}")
            ?? When((bool?)body["draft"] == true && body["resolution"] is not null ? "resolution" : null, "not allowed with draft")
            ?? OneOf(body, "aspect_ratio", VideoRatios)
            ?? OneOf(body, "resolution", [.. Resolutions.Keys])
            ?? ($"{body["duration"] ?? "auto"}" == "auto" ? null : Within(body, "duration", 5, mode == "v2v" ? 15 : 20, isWhole: true))
            ?? Keyframes(body["keyframes"] as JsonArray, isTimed: $"{body["duration"] ?? "auto"}" != "auto");
    }

    private static (string, string)? Keyframes(JsonArray? frames, bool isTimed) =>
        frames is null || (frames.Count is > 0 and <= 10 && (frames.Count < 3 || isTimed || frames.All(f => f is JsonArray)))
            ? null
            : ("keyframes", "1 to 10, and three or more need a duration");

    private static (string, string)? Sixteens(JsonObject body) =>
        When(new[] { "width", "height" }.FirstOrDefault(s => (int?)body[s] % 16 is not (null or 0)), "Input should be a multiple of 16");

    private static (string, string)? When(string? member, string words) => member is null ? null : (member, words);

    private static (string, string)? OneOf(JsonObject body, string member, string[] allowed) =>
        body[member] is null || allowed.Contains(body[member]!.ToString())
            ? null
            : (member, $"Input should be {string.Join(" or ", allowed.Select(a => $"'{a}'"))}");

    private static (string, string)? Within(JsonObject body, string member, double least, double most, bool isWhole) =>
        body[member] is not { } given
        || (given.GetValueKind() == JsonValueKind.Number
            && (double)given >= least
            && (double)given <= most
            && (!isWhole || Math.Floor((double)given) == (double)given))
            ? null
            : (member, $"Input should be from {least} to {most}");
}
