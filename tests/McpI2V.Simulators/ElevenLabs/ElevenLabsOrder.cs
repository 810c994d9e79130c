using System.Text.Json.Nodes;

namespace McpI2V.Simulators.ElevenLabs;

/// <summary>
/// What <c>v1/flows/video</c> takes, by model (typings of 2.73.0), and what it costs: by another's price, for none is published.
/// </summary>
public static class ElevenLabsOrder
{
    private const string Seedance = "bytedance-seedance-";
    private static readonly string[] Veo = ["veo-3.1-generate-001", "veo-3.1-fast-generate-001"];
    private static readonly string[] Everywhere = ["model_id", "webhook", "prompt", "aspect_ratio", "resolution", "duration_secs",
        "generate_audio", "start_frame", "end_frame", "images"];

    private static readonly string[] OfVeo = ["negative_prompt", "seed", "enhance_prompt"];
    private static readonly string[] VeoRatios = ["16:9", "9:16"];
    private static readonly string[] SeedanceRatios = ["auto", "21:9", "16:9", "4:3", "1:1", "3:4", "9:16"];

    // A second at 720p, at 480p and at 1080p.
    private static readonly Dictionary<string, (decimal Usd, decimal Small, decimal Large, int Longest)> Seedances = new()
    {
        ["v2.5"] = (0.4m, 0.2m, 0.9m, 30),
        ["v2"] = (0.36m, 0.18m, 0.8m, 15),
        ["v2-fast"] = (0.29m, 0.15m, 0, 15),
        ["v2-mini"] = (0.18m, 0.09m, 0, 15),
    };

    /// <summary>The first thing that is wrong with a request, and where; null if nothing is.</summary>
    public static (string Member, string Words)? Fault(JsonObject body)
    {
        var model = body["model_id"]?.ToString() ?? "";
        var isVeo = Veo.Contains(model);
        var seedance = Of(model);
        if (!isVeo && seedance is null)
        {
            return ("model_id", "Input tag does not match any of the expected tags");
        }
        string[] seed = model == Seedance + "v2.5" ? [] : ["seed"];
        string[] known = [.. Everywhere, .. isVeo ? OfVeo : ["videos", "audios"], .. seed];
        if (body.Select(m => m.Key).FirstOrDefault(k => !known.Contains(k)) is { } unknown)
        {
            return (unknown, "Extra inputs are not permitted");
        }
        if (string.IsNullOrEmpty(body["prompt"]?.ToString()))
        {
            return ("prompt", "Field required");
        }
        var hasFrames = body["start_frame"] is not null || body["end_frame"] is not null;
        if (hasFrames && body["images"] is not null)
        {
            return ("images", "Cannot be combined with start_frame/end_frame");
        }
        if (body["end_frame"] is not null && body["start_frame"] is null)
        {
            return ("end_frame", "Requires start_frame");
        }
        var seconds = Seconds(body);
        if (isVeo ? seconds is not (4 or 6 or 8) : seconds < 4 || seconds > seedance!.Value.Longest)
        {
            return ("duration_secs", "Input should be a duration of the model");
        }
        string[] resolutions = isVeo || seedance!.Value.Large > 0 ? ["480p", "720p", "1080p"] : ["480p", "720p"];
        return OneOf(body, "aspect_ratio", isVeo ? VeoRatios : hasFrames ? ["auto"] : SeedanceRatios)
            ?? OneOf(body, "resolution", isVeo ? ["720p", "1080p", "4K"] : resolutions)
            ?? References(body);
    }

    /// <summary>Every media reference.</summary>
    public static IEnumerable<JsonNode> Media(JsonObject body) =>
        new[] { body["start_frame"], body["end_frame"] }.Concat(body["images"] as JsonArray ?? []).OfType<JsonNode>();

    /// <summary>The length; five seconds unless named, eight of Veo.</summary>
    public static double Seconds(JsonObject body) =>
        (double?)body["duration_secs"] ?? (Veo.Contains(body["model_id"]?.ToString()) ? 8 : 5);

    /// <summary>True unless sound is not wanted.</summary>
    public static bool HasSound(JsonObject body) => (bool?)body["generate_audio"] ?? true;

    /// <summary>What it costs.</summary>
    public static decimal Usd(JsonObject body)
    {
        var model = body["model_id"]!.ToString();
        var second = Of(model) is { } seedance
            ? body["resolution"]?.ToString() switch { "480p" => seedance.Small, "1080p" => seedance.Large, _ => seedance.Usd }
            : model == Veo[0] ? HasSound(body) ? 0.4m : 0.2m : HasSound(body) ? 0.15m : 0.1m;
        return second * (decimal)Seconds(body);
    }

    private static (decimal Usd, decimal Small, decimal Large, int Longest)? Of(string model) =>
        model.StartsWith(Seedance, StringComparison.Ordinal) && Seedances.TryGetValue(model[Seedance.Length..], out var found)
            ? found
            : null;

    private static (string, string)? References(JsonObject body)
    {
        foreach (var reference in Media(body))
        {
            if (reference["type"]?.ToString() is not ("asset" or "generation" or "inline_base64"))
            {
                return ("start_frame", "Input tag does not match any of the expected tags: asset, generation, inline_base64");
            }
        }
        return null;
    }

    private static (string, string)? OneOf(JsonObject body, string name, string[] allowed) =>
        body[name]?.ToString() is { } said && !allowed.Contains(said) ? (name, $"Input should be {string.Join(" or ", allowed)}") : null;
}
