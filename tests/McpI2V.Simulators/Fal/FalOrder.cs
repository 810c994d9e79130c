using System.Globalization;
using System.Text.Json.Nodes;
using McpI2V.Simulators.Simulation;

namespace McpI2V.Simulators.Fal;

/// <summary>What a request to fal orders: what is rendered, how many, how many billed units.</summary>
public sealed record FalOrder(RenderSpec Spec, int Count, decimal Units)
{
    private static readonly string[] Pictures = ["image_url", "start_image_url", "first_frame_url", "first_image_url", "video_url"];
    private static readonly string[] Files = ["video", "images", "image", "audio"];

    /// <summary>The members of a result that hold files.</summary>
    public static IEnumerable<string> Members(JsonObject output) => Files.Where(output.ContainsKey);

    /// <summary>clip, still or sound.</summary>
    public static string Output(JsonObject output) => Members(output).FirstOrDefault() switch
    {
        "images" or "image" => "still",
        "audio" => "sound",
        _ => "clip",
    };

    public static async Task<FalOrder> OfAsync(string endpoint, JsonObject body, string kind, Uploads uploads)
    {
        var picture = Pictures.Select(p => uploads.Behind(body[p]?.ToString())).FirstOrDefault(p => p is not null)
            ?? uploads.Behind((body["image_urls"] as JsonArray)?.FirstOrDefault()?.ToString());
        var seconds = Seconds(body)
            ?? ((body["audio_url"] ?? body["video_url"]) is not null
                ? (await PictureSize.OfAsync(uploads.Behind((body["audio_url"] ?? body["video_url"])?.ToString()))).Seconds
                : 5);
        var shortSide = int.TryParse(body["resolution"]?.ToString().TrimEnd('p', 'P'), out var lines)
            ? lines
            : kind == "still" ? 1024 : 720;
        var (width, height) = body["image_size"] is JsonObject size
            ? ((int)size["width"]!, (int)size["height"]!)
            : await PictureSize.WithAsync(body["aspect_ratio"]?.ToString(), shortSide, picture);
        var count = (int?)body["num_images"] ?? 1;
        var sound = (bool?)(body["generate_audio"] ?? body["generate_audio_switch"]) == true || body["audio_url"] is not null;
        var units = kind switch { "still" => count, "sound" => 1, _ => (decimal)seconds };
        return new FalOrder(
            new RenderSpec(
                kind,
                kind == "sound" ? null : picture,
                $"{endpoint} {body["prompt"] ?? body["text"]}",
                width,
                height,
                seconds,
                sound),
            kind == "clip" ? 1 : count,
            decimal.Round(units, 3));
    }

    private static double? Seconds(JsonObject body)
    {
        if (body["num_frames"] is { } frames)
        {
            return ((double)frames - 1) / ((double?)body["frames_per_second"] ?? 16);
        }
        if (body["music_length_ms"] is { } milliseconds)
        {
            return (double)milliseconds / 1000;
        }
        var text = (body["duration"] ?? body["duration_seconds"])?.ToString().TrimEnd('s');
        return double.TryParse(text, CultureInfo.InvariantCulture, out var seconds) && seconds > 0 ? seconds : null;
    }
}
