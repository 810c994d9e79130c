using System.Text.Json.Nodes;
using McpI2V.Simulators.Simulation;

namespace McpI2V.Simulators.Replicate;

/// <summary>What a prediction orders: what is rendered, and what it costs by this simulator's own list.</summary>
public sealed record ReplicateOrder(RenderSpec Spec, decimal Usd)
{
    /// <summary>Seconds that a run of a model without a price by result takes, and one that was stopped.</summary>
    public const double TakesSeconds = 12.4;
    public const double StoppedAfterSeconds = 3.2;
    private const decimal SecondUsd = 0.001525m;
    private static readonly string[] Files =
        ["image", "start_image", "first_frame_image", "image_input", "input_images", "first_frame", "picture"];

    /// <summary>What so many seconds of a machine cost.</summary>
    public static decimal OfTime(double seconds) => decimal.Round(SecondUsd * (decimal)seconds, 6);

    public static async Task<ReplicateOrder> OfAsync(string model, string makes, bool isOfficial, JsonObject input, Uploads uploads)
    {
        var file = Files
            .Select(f => uploads.Behind((input[f] is JsonArray list ? list.FirstOrDefault() : input[f])?.ToString()))
            .FirstOrDefault(f => f is not null);
        var seconds = input["num_frames"] is { } frames ? ((double)frames - 1) / 16 : (double?)input["duration"] ?? 5;
        var ratio = input["aspect_ratio"]?.ToString();
        var (width, height) = await PictureSize.WithAsync(
            ratio?.Contains(':', StringComparison.Ordinal) == true && input["start_image"] is null ? ratio : null,
            ShortSide(input, makes),
            file);
        return new ReplicateOrder(
            new RenderSpec(makes, file, $"{model} {input["prompt"]}", width, height, seconds, (bool?)input["generate_audio"] == true),
            isOfficial ? Price(model, input, (decimal)seconds) : OfTime(TakesSeconds));
    }

    private static int ShortSide(JsonObject input, string makes) => (input["resolution"] ?? input["mode"])?.ToString() switch
    {
        "480p" or "480P" => 480,
        "1080p" or "pro" => 1080,
        "768p" => 768,
        "1K" or "1 MP" => 1024,
        "2K" or "2 MP" => 1440,
        "4K" => 2160,
        _ => makes == "clip" ? 720 : 1024,
    };

    private static decimal Price(string model, JsonObject input, decimal seconds)
    {
        var (resolution, sound) = (input["resolution"]?.ToString(), (bool?)input["generate_audio"] == true);
        return model switch
        {
            "kwaivgi/kling-v3-video" => seconds * (input["mode"]?.ToString() == "standard"
                ? sound ? 0.126m : 0.084m
                : sound ? 0.168m : 0.112m),
            "bytedance/seedance-2.0" => seconds * (resolution == "480p" ? 0.1412m : 0.3034m),
            "bytedance/seedance-2.0-fast" => seconds * (resolution == "480p" ? 0.15m : 0.29m),
            "google/veo-3.1" => seconds * (sound ? 0.4m : 0.2m),
            "google/veo-3.1-fast" => seconds * (sound ? 0.15m : 0.1m),
            "wan-video/wan-2.5-i2v" => seconds * resolution switch { "480p" => 0.05m, "1080p" => 0.15m, _ => 0.1m },
            "minimax/hailuo-2.3" => seconds == 10 ? 0.56m : 0.28m,
            "google/nano-banana-pro" => resolution == "4K" ? 0.3m : 0.15m,
            "black-forest-labs/flux-2-pro" => (resolution == "1 MP" ? 0.03m : 0.06m)
                + (0.03m * ((input["input_images"] as JsonArray)?.Count ?? 0)),
            _ => seconds * 0.4m,
        };
    }
}
