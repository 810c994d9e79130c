using System.Text.Json.Nodes;

namespace McpI2V.Simulators.Luma;

/// <summary>What Luma's API takes: which members go together, as its reference and its guides say (2026-11).</summary>
public static class LumaOrder
{
    private const int LongestPrompt = 6000;
    private const int MostKeyframes = 64;
    private static readonly string[] Everywhere = ["prompt", "model", "type", "aspect_ratio", "user_id"];
    private static readonly string[] OfStills = ["image_ref", "source", "output_format", "style", "web_search"];
    private static readonly string[] OfVideos = ["source", "video"];
    private static readonly string[] Video = ["resolution", "duration", "start_frame", "end_frame", "keyframes", "keyframe_indexes", "loop",
        "hdr", "exr_export", "edit", "source_position"];
    private static readonly string[] StillRatios = ["3:1", "2:1", "21:9", "16:9", "3:2", "4:3", "1:1", "3:4", "2:3", "9:16", "1:2", "1:3"];
    private static readonly string[] VideoRatios = ["9:16", "3:4", "1:1", "4:3", "16:9", "21:9"];
    private static readonly string[] Resolutions = ["360p", "540p", "720p", "1080p"];
    private static readonly string[] Strengths = ["adhere_1", "adhere_2", "adhere_3", "flex_1", "flex_2", "flex_3", "reimagine_1",
        "reimagine_2", "reimagine_3"];

    /// <summary>The model; uni-1 unless named.</summary>
    public static string ModelOf(JsonObject body) => body["model"]?.ToString() ?? "uni-1";

    /// <summary>The type; image unless named.</summary>
    public static string TypeOf(JsonObject body) => body["type"]?.ToString() ?? "image";

    /// <summary>True for a request whose result is a clip.</summary>
    public static bool IsVideo(JsonObject body) => ModelOf(body) == "ray-3.2";

    /// <summary>The first thing that is wrong with a request; null if nothing is.</summary>
    public static string? Fault(JsonObject body)
    {
        var (model, type) = (ModelOf(body), TypeOf(body));
        if (model is not ("uni-1" or "uni-1-max" or "ray-3.2"))
        {
            return $"Unknown model: {model}";
        }
        string[] types = IsVideo(body) ? ["video", "video_edit", "video_reframe"] : ["image", "image_edit"];
        if (!types.Contains(type))
        {
            return $"{model} does not do {type}";
        }
        if (body["prompt"]?.ToString() is not { Length: > 0 and <= LongestPrompt })
        {
            return $"prompt must have 1 to {LongestPrompt} characters";
        }
        return Unknown(body, [.. Everywhere, .. IsVideo(body) ? OfVideos : OfStills])
            ?? OneOf(body["aspect_ratio"], IsVideo(body) ? VideoRatios : StillRatios, "aspect_ratio")
            ?? Source(body, type)
            ?? (IsVideo(body) ? OfVideo(body["video"], type) : OfStill(body, type));
    }

    /// <summary>What it costs, by the price list.</summary>
    /// <param name="body">The request.</param>
    /// <param name="sourceSeconds">Length of the clip that goes in.</param>
    public static decimal Usd(JsonObject body, double sourceSeconds)
    {
        if (!IsVideo(body))
        {
            var stills = (body["source"] is null ? 0 : 1) + ((body["image_ref"] as JsonArray)?.Count ?? 0);
            return (ModelOf(body) == "uni-1" ? 0.0404m : 0.1000m) + (0.0030m * stills);
        }
        var resolution = ResolutionOf(body);
        return TypeOf(body) switch
        {
            "video" => resolution switch { "540p" => 0.15m, "720p" => 0.30m, _ => 1.20m } * (IsLong(body["video"]) ? 3 : 1),
            "video_edit" => resolution switch { "540p" => 0.72m, "720p" => 1.08m, _ => 2.16m }
                * Math.Max(1, (decimal)Math.Ceiling((sourceSeconds / 5) - 0.02)),
            _ => resolution switch { "540p" => 0.06m, "720p" => 0.12m, _ => 0.36m } * (decimal)Math.Ceiling(sourceSeconds),
        };
    }

    /// <summary>The resolution; 720p unless named.</summary>
    public static string ResolutionOf(JsonObject body) => body["video"]?["resolution"]?.ToString() ?? "720p";

    /// <summary>True for ten seconds.</summary>
    public static bool IsLong(JsonNode? video) => video?["duration"]?.ToString() == "10s";

    /// <summary>Every media reference, with what it must be.</summary>
    public static IEnumerable<(JsonNode? Reference, string Kind)> Media(JsonObject body)
    {
        if (body["source"] is { } source)
        {
            yield return (source, IsVideo(body) ? "video/" : "image/");
        }
        var video = body["video"];
        JsonNode?[] stills =
        [
            .. body["image_ref"] as JsonArray ?? [],
            .. video?["keyframes"] as JsonArray ?? [],
            .. new[] { video?["start_frame"], video?["end_frame"] }.Where(f => f is not null),
        ];
        foreach (var still in stills)
        {
            yield return (still, "image/");
        }
    }

    private static string? Source(JsonObject body, string type) => type is "image" or "video"
        ? body["source"] is null ? null : $"source is not allowed for {type}"
        : body["source"] is null ? $"source is required for {type}" : null;

    private static string? OfStill(JsonObject body, string type)
    {
        var most = type == "image" ? 9 : 8;
        return body["image_ref"] is JsonArray references && references.Count > most
            ? $"image_ref takes at most {most} images"
            : OneOf(body["output_format"], ["png", "jpeg"], "output_format") ?? OneOf(body["style"], ["auto", "manga"], "style");
    }

    private static string? OfVideo(JsonNode? node, string type)
    {
        if (node is not JsonObject video)
        {
            return node is null ? null : "video must be an object";
        }
        var has = (string name) => video[name] is not null;
        var isHdr = (bool?)video["hdr"] == true;
        return Unknown(video, Video)
            ?? OneOf(video["resolution"], Resolutions, "video.resolution")
            ?? OneOf(video["duration"], ["5s", "10s"], "video.duration")
            ?? (IsLong(video) && (has("start_frame") || has("end_frame") || isHdr || (bool?)video["loop"] == true)
                ? "10s does not take start_frame, end_frame, hdr or loop"
                : null)
            ?? (has("keyframes") && (has("start_frame") || has("end_frame") || has("loop"))
                ? "keyframes exclude start_frame, end_frame and loop"
                : null)
            ?? Keyframes(video)
            ?? (isHdr && video["resolution"]?.ToString() is "540p" or "360p" ? "hdr needs 720p or 1080p" : null)
            ?? ((bool?)video["exr_export"] == true && !isHdr ? "exr_export needs hdr" : null)
            ?? (has("edit") && type != "video_edit" ? "video.edit is for video_edit" : null)
            ?? (has("source_position") && type != "video_reframe" ? "video.source_position is for video_reframe" : null)
            ?? Edit(video["edit"]);
    }

    private static string? Keyframes(JsonObject video)
    {
        if (video["keyframes"] is null && video["keyframe_indexes"] is null)
        {
            return null;
        }
        var indexes = (video["keyframe_indexes"] as JsonArray)?.Select(i => (int)i!).ToList() ?? [];
        var last = IsLong(video) ? 240 : 120;
        return video["keyframes"] is JsonArray { Count: > 0 and <= MostKeyframes } frames
            && frames.Count == indexes.Count
            && indexes.Distinct().Count() == indexes.Count
            && indexes.All(i => i >= 0 && i <= last)
            ? null
            : $"keyframes and keyframe_indexes must be as many, unique and from 0 to {last}";
    }

    private static string? Edit(JsonNode? edit) => edit is not JsonObject members
        ? null
        : Unknown(members, ["auto_controls", "strength", "controls", "keyframes", "keyframe_indexes"])
            ?? OneOf(members["strength"], Strengths, "video.edit.strength")
            ?? ((bool?)members["auto_controls"] == true && (members["controls"] is not null || members["strength"] is not null)
                ? "auto_controls excludes controls and strength"
                : null);

    private static string? Unknown(JsonObject members, string[] known) =>
        members.Select(m => m.Key).FirstOrDefault(k => !known.Contains(k)) is { } unknown ? $"{unknown} is not a known field" : null;

    private static string? OneOf(JsonNode? value, string[] allowed, string name) =>
        value is null || allowed.Contains(value.ToString()) ? null : $"{name} must be one of {string.Join(", ", allowed)}";
}
