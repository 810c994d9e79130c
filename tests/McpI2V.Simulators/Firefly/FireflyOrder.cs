using System.Text.Json;
using System.Text.Json.Nodes;

namespace McpI2V.Simulators.Firefly;

/// <summary>
/// What the Generate Video API takes (Adobe's OpenAPI 1.0.0 and that of <c>@adobe/firefly-apis</c> 2.0.1; usage notes), and what operations
/// it counts (helpx.adobe.com).
/// </summary>
public static class FireflyOrder
{
    /// <summary>How long every clip is.</summary>
    public const int Seconds = 5;

    // What an operation costs is a matter of contracts; this is what the rows of the program guess.
    private const decimal OperationUsd = 0.1m;
    private const int WorstBitRateFactor = 63;
    private static readonly string[] Known = ["prompt", "image", "sizes", "seeds", "videoSettings", "bitRateFactor"];
    private static readonly (int Width, int Height)[] Sizes =
        [(1920, 1080), (1280, 720), (960, 540), (1080, 1920), (720, 1280), (540, 960), (1080, 1080), (720, 720), (540, 540)];

    private static readonly Dictionary<string, string[]> Settings = new(StringComparer.Ordinal)
    {
        ["cameraMotion"] = ["camera pan left", "camera pan right", "camera zoom in", "camera zoom out", "camera tilt up",
            "camera tilt down", "camera locked down", "camera handheld"],
        ["promptStyle"] = ["anime", "3d", "fantasy", "cinematic", "claymation", "line art", "stop motion", "2d", "vector art",
            "black and white"],
        ["shotAngle"] = ["aerial shot", "eye_level shot", "high angle shot", "low angle shot", "top-down shot"],
        ["shotSize"] = ["close-up shot", "extreme close-up", "medium shot", "long shot", "extreme long shot"],
    };

    /// <summary>The size that is ordered; 1080p lying unless named.</summary>
    public static (int Width, int Height) SizeOf(JsonObject body) => (body["sizes"] as JsonArray)?[0] is { } size
        ? ((int)size["width"]!, (int)size["height"]!)
        : Sizes[0];

    /// <summary>What it costs.</summary>
    public static decimal Usd(JsonObject body)
    {
        var (width, height) = SizeOf(body);
        return OperationUsd * Seconds * Math.Min(width, height) switch { 540 => 0.4m, 720 => 1m, _ => 2m };
    }

    /// <summary>The pictures that the clip goes through, in order.</summary>
    public static IEnumerable<JsonObject> Keyframes(JsonObject body) =>
        (body["image"]?["conditions"] as JsonArray ?? []).OfType<JsonObject>();

    /// <summary>The first thing that is wrong with a request, and where; null if nothing is.</summary>
    /// <param name="body">The request.</param>
    /// <param name="isKept">True for the id of an upload.</param>
    public static (string Where, string Words)? Fault(JsonObject body, Func<string, bool> isKept)
    {
        if (body.Select(m => m.Key).FirstOrDefault(k => !Known.Contains(k)) is { } unknown)
        {
            return (unknown, "Extra inputs are not permitted");
        }
        if (body["prompt"] is null && body["image"] is null)
        {
            return ("prompt", "Field required");
        }
        if (body["prompt"] is { } prompt && prompt.GetValueKind() != JsonValueKind.String)
        {
            return ("prompt", "Input should be a valid string");
        }
        if (body["sizes"] is { } sizes && !(sizes is JsonArray { Count: 1 } && Sizes.Contains(SizeOf(body))))
        {
            return ("sizes", "Unsupported size");
        }
        if (body["seeds"] is { } seeds && !(seeds is JsonArray { Count: 1 } one && one[0]?.GetValueKind() == JsonValueKind.Number))
        {
            return ("seeds", "List should have 1 item");
        }
        if (body["bitRateFactor"] is { } factor
            && !(factor.GetValueKind() == JsonValueKind.Number && (int)factor is >= 0 and <= WorstBitRateFactor))
        {
            return ("bitRateFactor", $"Input should be from 0 to {WorstBitRateFactor}");
        }
        foreach (var (name, value) in body["videoSettings"] as JsonObject ?? [])
        {
            if (!Settings.TryGetValue(name, out var values) || !values.Contains(value?.ToString()))
            {
                return ($"videoSettings.{name}", "Input should be one of its values");
            }
        }
        return Keyframes(body).Select(k => OfKeyframe(k, isKept)).FirstOrDefault(f => f is not null) is { } fault
            ? ("image.conditions", fault)
            : null;
    }

    // Addresses may only be of a few storages, so that uploads alone are taken here.
    private static string? OfKeyframe(JsonObject keyframe, Func<string, bool> isKept) =>
        keyframe["placement"]?["position"] is not { } position
            || position.GetValueKind() != JsonValueKind.Number
            || (double)position is < 0 or > 1
            ? "position should be from 0 to 1"
            : keyframe["source"] is not JsonObject { Count: 1 } source
            ? "source should have exactly one of its members"
            : source["url"] is not null
            ? "the domain is not allowed"
            : isKept(source["uploadId"]?.ToString() ?? "") ? null : "uploadId is not known";
}
