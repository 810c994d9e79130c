using System.Text.Json;
using System.Text.Json.Nodes;

namespace McpI2V.Simulators.HeyGen;

/// <summary>What HeyGen's two routes take: fields, choices and prices, as its command line and clients of 2026 tell them.</summary>
public static class HeyGenOrder
{
    private static readonly string[] OfModel =
    [
        "model", "mode", "prompt", "image", "reference_images", "reference_videos", "reference_audio", "duration", "resolution",
        "aspect_ratio", "prompt_enhancement", "seed", "callback_url", "callback_id",
    ];

    private static readonly string[] OfPicture =
    [
        "type", "image", "script", "voice_id", "voice_settings", "audio_url", "audio_asset_id", "aspect_ratio", "resolution", "fit",
        "background", "remove_background", "output_format", "motion_prompt", "expressiveness", "caption", "title", "callback_url",
        "callback_id", "watermark",
    ];

    private static readonly string[] ModelRatios = ["21:9", "16:9", "4:3", "1:1", "3:4", "9:16"];
    private static readonly string[] PictureRatios = ["16:9", "9:16", "4:5", "5:4", "1:1", "auto"];

    /// <summary>What is wrong with a request for a clip; null: nothing.</summary>
    /// <param name="body">The request.</param>
    /// <param name="ratio">Width over height of the clip.</param>
    public static string? FaultOfModel(JsonObject body, double ratio) =>
        Unknown(body, OfModel)
            ?? OneOf(body, "model", ["heygen-video-1"], isNeeded: true)
            ?? OneOf(body, "mode", ["text_to_video", "image_to_video", "reference_to_video"])
            ?? (body["prompt"]?.ToString() is { Length: > 0 and <= 16_000 } ? null : "prompt: 1 to 16000 characters are required")
            ?? OneOf(body, "resolution", ["480p", "768p", "1080p", "2k"])
            ?? OneOf(body, "aspect_ratio", body["reference_images"] is null ? ModelRatios : [.. ModelRatios, "adaptive"])
            ?? OneOf(body, "prompt_enhancement", ["turbo", "quality", "default", "disabled"])
            ?? (body["duration"] is { } length && !IsWhole(length, 5, 15) ? "duration: an integer from 5 to 15 is required" : null)
            ?? (body["mode"]?.ToString() == "image_to_video" && body["image"] is null ? "image: required for image_to_video" : null)
            ?? ReferenceFault(body)
            ?? (body["mode"]?.ToString() == "image_to_video" && body["aspect_ratio"] is not null ? "aspect_ratio: follows the image" : null)
            ?? (body["resolution"]?.ToString() is "1080p" or "2k"
                && Math.Abs(ratio - (16.0 / 9)) > 0.06
                && Math.Abs(ratio - (9.0 / 16)) > 0.06
                ? "resolution: 1080p and 2k are for 16:9 and 9:16"
                : null);

    /// <summary>What is wrong with a request for a talking picture; null: nothing.</summary>
    public static string? FaultOfPicture(JsonObject body) =>
        OneOf(body, "type", ["image"], isNeeded: true)
            ?? Unknown(body, OfPicture)
            ?? (body["image"] is null ? "image: required" : null)
            ?? OneOf(body, "aspect_ratio", PictureRatios)
            ?? OneOf(body, "resolution", ["720p", "1080p", "4k"])
            ?? OneOf(body, "expressiveness", ["high", "medium", "low"])
            ?? OneOf(body, "output_format", ["mp4", "webm"])
            ?? (new[] { "script", "audio_url", "audio_asset_id" }.Count(n => body[n] is not null) == 1
                ? null
                : "script: exactly one of script, audio_url and audio_asset_id is required")
            ?? (body["script"] is not null && body["voice_id"] is null ? "voice_id: required with script" : null);

    /// <summary>What a second of a clip costs.</summary>
    public static decimal SecondUsd(JsonObject body) =>
        (body["resolution"]?.ToString() ?? "768p") switch { "480p" => 0.02m, "768p" => 0.03m, _ => 0.09m }
        * (body["mode"]?.ToString() == "reference_to_video" ? 2 : 1);

    private static string? ReferenceFault(JsonObject body)
    {
        var pictures = (body["reference_images"] as JsonArray)?.Count ?? 0;
        return body["mode"]?.ToString() != "reference_to_video"
            ? pictures > 0 ? "reference_images: for reference_to_video alone" : null
            : pictures is 0 or > 9 ? "reference_images: 1 to 9 are required"
            : body["image"] is not null ? "image: not with references"
            : null;
    }

    private static string? Unknown(JsonObject body, string[] known) =>
        body.Select(m => m.Key).FirstOrDefault(k => !known.Contains(k)) is { } unknown ? $"{unknown}: unknown field" : null;

    private static string? OneOf(JsonObject body, string name, string[] values, bool isNeeded = false) =>
        body[name] is { } value
            ? values.Contains(value.ToString()) ? null : $"{name}: one of {string.Join(", ", values)} is allowed"
            : isNeeded ? $"{name}: required" : null;

    private static bool IsWhole(JsonNode number, int from, int to) => number.GetValueKind() == JsonValueKind.Number
        && (double)number is var value
        && value == Math.Floor(value)
        && value >= from
        && value <= to;
}
