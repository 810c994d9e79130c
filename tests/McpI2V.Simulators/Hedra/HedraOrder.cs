using System.Text.Json.Nodes;
using McpI2V.Simulators.Simulation;

namespace McpI2V.Simulators.Hedra;

/// <summary>What a job orders: what is rendered, and what it costs by this simulator's own list.</summary>
public sealed record HedraOrder(RenderSpec Spec, decimal Usd)
{
    public static async Task<HedraOrder> OfAsync(string model, string modality, JsonObject input, Func<string, string?> fileOf)
    {
        var picture = new[] { "start_image", "images", "source_video" }
            .Select(n => File(input[n], fileOf))
            .FirstOrDefault(f => f is not null);
        var sound = File(input["audio"], fileOf);
        var seconds = input["duration_ms"] is { } length ? (double)length / 1000 : (await PictureSize.OfAsync(sound)).Seconds;
        var ratio = input["aspect_ratio"]?.ToString();
        var (width, height) = await PictureSize.WithAsync(
            ratio?.Contains(':', StringComparison.Ordinal) == true ? ratio : null,
            ShortSide(input),
            picture);
        return new HedraOrder(
            new RenderSpec(
                modality switch { "video" => "clip", "image" => "still", _ => "sound" },
                picture,
                $"{model} {input["prompt"] ?? input["text"]}",
                width,
                height,
                seconds,
                sound is not null || (bool?)input["generate_audio"] != false),
            decimal.Round(PriceOf(model, input, (decimal)seconds), 6));
    }

    /// <summary>What a request costs, by the price list.</summary>
    public static decimal PriceOf(string model, JsonObject input, decimal seconds)
    {
        var (resolution, sound) = (input["resolution"]?.ToString(), (bool?)input["generate_audio"] != false);
        return model switch
        {
            "hedra-avatar" or "hedra-character-3" => seconds * resolution switch { "540p" => 0.025m, "720p" => 0.05m, _ => 0.0625m },
            "kling-ai-avatar-v2" => seconds * (input["quality"]?.ToString() == "pro" ? 0.115m : 0.0562m),
            "kling-v3" or "kling-o3" => seconds *
                (input["quality"]?.ToString() == "standard" ? sound ? 0.126m : 0.084m : sound ? 0.168m : 0.112m),
            "veo-31" => seconds * (sound ? 0.4m : 0.2m),
            "wan-2-7" => seconds * (resolution == "1080p" ? 0.15m : 0.1m),
            "nano-banana-pro" => resolution == "4K" ? 0.4m : 0.2m,
            "veed-fabric-10" => seconds * (resolution == "480p" ? 0.08m : 0.15m),
            "elevenlabs-v3" => 0.0001m * (input["text"]?.ToString().Length ?? 0),
            _ => seconds * ((resolution == "1080p" ? 0.15m : 0.1m) + (sound ? 0.05m : 0)),
        };
    }

    private static string? File(JsonNode? reference, Func<string, string?> fileOf) =>
        (reference is JsonArray list ? list.FirstOrDefault() : reference)?["url"]?.ToString() is { } address ? fileOf(address) : null;

    private static int ShortSide(JsonObject input) => input["resolution"]?.ToString() switch
    {
        "480p" => 480,
        "540p" => 540,
        "1080p" => 1080,
        "1K" => 1024,
        "2K" => 1440,
        "4K" => 2160,
        _ => 720,
    };
}
