using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace McpI2V.Simulators.Xai;

/// <summary>What xAI takes for a clip or a still, and what it charges (contract sheet of 2026-11-21; @ai-sdk/xai 5.0.12).</summary>
public static class XaiOrder
{
    /// <summary>What a request that is against the rules costs.</summary>
    public const decimal FeeUsd = 0.05m;

    private static readonly string[] Ratios = ["1:1", "16:9", "9:16", "4:3", "3:4", "3:2", "2:3", "21:9", "5:2"];
    private static readonly string[] StillRatios =
        ["1:1", "16:9", "9:16", "4:3", "3:4", "3:2", "2:3", "2:1", "1:2", "19.5:9", "9:19.5", "20:9", "9:20", "auto"];

    private static readonly Dictionary<string, string[]> Known = new()
    {
        ["generations"] =
        [
            "model", "prompt", "image", "last_frame", "reference_images", "reference_audios", "keyframes", "duration", "aspect_ratio",
            "resolution", "generate_audio", "storage_options", "user",
        ],
        ["edits"] = ["model", "prompt", "video", "storage_options", "user"],
        ["extensions"] = ["model", "prompt", "video", "duration", "storage_options"],
        ["images"] =
        [
            "model", "prompt", "n", "aspect_ratio", "resolution", "quality", "response_format", "output_format", "sync_mode", "user",
            "image", "images",
        ],
    };

    // Dollars a second by resolution, and for each picture that goes in.
    private static readonly Dictionary<string, (Dictionary<string, decimal> Rates, decimal EachIn)> Clips = new()
    {
        ["grok-imagine-video-1.5"] = (new() { ["480p"] = 0.08m, ["720p"] = 0.14m, ["1080p"] = 0.25m }, 0.01m),
        ["grok-imagine-video-1.5-lite"] = (new() { ["480p"] = 0.02m, ["720p"] = 0.03m, ["1080p"] = 0.14m }, 0.01m),
        ["grok-imagine-video"] = (new() { ["480p"] = 0.05m, ["720p"] = 0.07m }, 0.002m),
    };

    private static readonly string[] Stills = ["grok-imagine-image-2.0", "grok-imagine-image-quality", "grok-imagine-image"];

    /// <summary>True if the vendor has a model for clips, or for stills.</summary>
    public static bool Has(string? model, bool isStill) =>
        model is not null && (isStill ? Stills.Contains(model) : Clips.ContainsKey(model));

    /// <summary>The first thing that is wrong with a request for a clip; null if nothing is.</summary>
    public static (string Code, string Words)? Fault(JsonObject body, string way)
    {
        var model = $"{body["model"]}";
        if (Unknown(body, way) is { } unknown)
        {
            return unknown;
        }
        var hasPicture = body["image"] ?? body["last_frame"] ?? body["reference_images"] ?? body["keyframes"];
        if (hasPicture is null && string.IsNullOrWhiteSpace($"{body["prompt"]}"))
        {
            return Wrong("prompt is required where no picture is given");
        }
        if (way != "generations")
        {
            return model != "grok-imagine-video"
                ? ("failed_precondition", $"{model} does not edit or extend videos")
                : body["video"] is null
                ? Wrong("video is required")
                : Seconds(body, 2, 10, isThere: way == "extensions");
        }
        var references = (body["reference_images"] as JsonArray)?.Count ?? 0;
        if (model != "grok-imagine-video-1.5" && (body["last_frame"] ?? body["keyframes"] ?? body["reference_audios"]) is not null)
        {
            return Wrong($"last_frame, keyframes and reference_audios are not supported by {model}");
        }
        if (references > 7
            || (references > 0 && model.EndsWith("lite", StringComparison.Ordinal))
            || (references > 0 && model == "grok-imagine-video" && body["image"] is not null))
        {
            return Wrong($"reference_images are not supported like this by {model}");
        }
        var resolution = ResolutionOf(body);
        if (!Clips[model].Rates.ContainsKey(resolution) || (references > 0 && resolution == "1080p"))
        {
            return ("failed_precondition", $"resolution {resolution} is not available for this model or mode");
        }
        return body["aspect_ratio"] is { } ratio && !Ratios.Contains($"{ratio}")
            ? Wrong($"aspect_ratio {ratio} is not valid")
            : Seconds(body, 1, references > 0 && model == "grok-imagine-video" ? 10 : 15, isThere: true);
    }

    /// <summary>The first thing that is wrong with a request for stills; null if nothing is.</summary>
    public static (string Code, string Words)? FaultOfStill(JsonObject body, bool isEdit)
    {
        var pictures = PicturesOf(body).Count;
        if (Unknown(body, "images") is { } unknown)
        {
            return unknown;
        }
        if (body["image"] is not null && body["images"] is not null)
        {
            return Wrong("image and images exclude one another");
        }
        return string.IsNullOrWhiteSpace($"{body["prompt"]}") ? Wrong("prompt is required")
            : isEdit != (pictures > 0) || pictures > 3 ? Wrong($"{pictures} images are given")
            : body["aspect_ratio"] is { } ratio && !StillRatios.Contains($"{ratio}") ? Wrong($"aspect_ratio {ratio} is not valid")
            : $"{body["resolution"] ?? "1k"}" is not ("1k" or "2k") ? Wrong($"resolution {body["resolution"]} is not valid")
            : body["quality"] is { } quality && ($"{body["model"]}" != Stills[0] || $"{quality}" is not ("low" or "medium"))
                ? Wrong($"quality {quality} is not supported")
            : CountOf(body) is < 1 or > 10 ? Wrong("n must be from 1 to 10")
            : null;
    }

    /// <summary>The addresses of the pictures of a request for stills.</summary>
    public static IReadOnlyList<string> PicturesOf(JsonObject body) =>
        [.. (body["images"] as JsonArray ?? []).Append(body["image"]).Select(i => i?["url"]?.ToString()).OfType<string>()];

    /// <summary>How many stills are wanted.</summary>
    public static int CountOf(JsonObject body) => (int?)body["n"] ?? 1;

    /// <summary>The resolution: what nobody asks for is small.</summary>
    public static string ResolutionOf(JsonObject body) => body["resolution"]?.ToString() ?? "480p";

    /// <summary>The length of what is made anew.</summary>
    public static double SecondsOf(JsonObject body, string way) => (double?)body["duration"] ?? (way == "extensions" ? 6 : 8);

    /// <summary>What a clip costs.</summary>
    /// <param name="body">The request.</param>
    /// <param name="way">generations, edits or extensions.</param>
    /// <param name="seconds">What is made anew.</param>
    /// <param name="source">What goes in: its short side and its length.</param>
    public static decimal Usd(JsonObject body, string way, double seconds, (int Side, double Seconds) source)
    {
        var (rates, eachIn) = Clips[$"{body["model"]}"];
        var pictures = ((body["reference_images"] as JsonArray)?.Count ?? 0)
            + new[] { body["image"], body["last_frame"] }.Count(p => p is not null);
        var rate = way == "generations" ? rates[ResolutionOf(body)] : rates[source.Side < 720 ? "480p" : "720p"];
        return decimal.Round(
            (rate * (decimal)seconds) + (pictures * eachIn) + (way == "generations" ? 0 : 0.01m * (decimal)source.Seconds),
            6);
    }

    /// <summary>What one still costs.</summary>
    public static decimal UsdOfStill(JsonObject body)
    {
        var (isLarge, isDraft) = ($"{body["resolution"]}" == "2k", $"{body["quality"]}" == "low");
        var (each, eachIn) = $"{body["model"]}" switch
        {
            "grok-imagine-image-2.0" => ((isDraft ? 0.04m : 0.06m) + (isLarge ? 0.02m : 0), 0.01m),
            "grok-imagine-image-quality" => (isLarge ? 0.07m : 0.05m, 0.01m),
            _ => (0.02m, 0.002m),
        };
        return each + (eachIn * PicturesOf(body).Count);
    }

    /// <summary>Dollars as an answer tells them.</summary>
    public static JsonObject Usage(decimal usd) => new() { ["cost_in_usd_ticks"] = (long)(usd * 10_000_000_000) };

    private static (string Code, string Words)? Seconds(JsonObject body, int least, int most, bool isThere) =>
        isThere
        && body["duration"] is { } seconds
        && (seconds.GetValueKind() != JsonValueKind.Number
            || !int.TryParse(seconds.ToString(), NumberStyles.None, CultureInfo.InvariantCulture, out var whole)
            || whole < least
            || whole > most)
            ? Wrong($"duration {seconds} is not valid: a whole number from {least} to {most}")
            : null;

    private static (string Code, string Words)? Unknown(JsonObject body, string way) =>
        body.Select(m => m.Key).FirstOrDefault(k => !Known[way].Contains(k)) is { } member ? Wrong($"unknown member {member}") : null;

    private static (string Code, string Words) Wrong(string words) => ("invalid_argument", words);
}
