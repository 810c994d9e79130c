using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using McpI2V.Simulators.Simulation;

namespace McpI2V.Simulators.Ark;

/// <summary>What Ark takes for a clip, and what it counts (contract sheet of 2026-11-21).</summary>
public static class ArkOrder
{
    private const int FramesPerSecond = 24;
    private const int PixelsOfAToken = 1024;
    private static readonly string[] Known = ["model", "content", "resolution", "ratio", "duration", "generate_audio", "seed", "watermark",
        "return_last_frame", "service_tier", "execution_expires_after", "callback_url", "priority", "safety_identifier",
        "omni_reference_task_type", "output_format"];
    private static readonly string[] Ratios = ["16:9", "9:16", "4:3", "3:4", "1:1", "21:9", "adaptive"];

    // Dollars a million tokens without and with a clip that goes in; null: by the second.
    private static readonly Dictionary<string, (int Longest, Dictionary<string, (decimal Plain, decimal WithClip)?> Rates)> Models = new()
    {
        ["dreamina-seedance-2-5-260628"] = (30, new() { ["480p"] = (10.7m, 6.4m), ["720p"] = (10.7m, 6.4m), ["1080p"] = null }),
        ["dreamina-seedance-2-0-260128"] = (15, new()
        {
            ["480p"] = (7, 4.3m),
            ["720p"] = (7, 4.3m),
            ["1080p"] = (7.7m, 4.7m),
            ["4k"] = (4, 2.4m),
        }),
        ["dreamina-seedance-2-0-fast-260128"] = (15, new() { ["480p"] = (5.6m, 3.3m), ["720p"] = (5.6m, 3.3m) }),
        ["dreamina-seedance-2-0-mini-260615"] = (15, new() { ["480p"] = (3.5m, 2.1m), ["720p"] = (3.5m, 2.1m) }),
    };

    // Sizes as @runwayml/sdk 4.20.1 lists them for the same models.
    private static readonly Dictionary<string, Dictionary<string, (int Width, int Height)>> Sizes = new()
    {
        ["480p"] = new() { ["21:9"] = (992, 432), ["16:9"] = (864, 496), ["4:3"] = (752, 560), ["1:1"] = (640, 640) },
        ["720p"] = new() { ["21:9"] = (1470, 630), ["16:9"] = (1280, 720), ["4:3"] = (1112, 834), ["1:1"] = (960, 960) },
        ["1080p"] = new() { ["21:9"] = (2206, 946), ["16:9"] = (1920, 1080), ["4:3"] = (1664, 1248), ["1:1"] = (1440, 1440) },
        ["4k"] = new() { ["21:9"] = (3840, 1646), ["16:9"] = (3840, 2160), ["4:3"] = (3840, 2880), ["1:1"] = (3840, 3840) },
    };

    /// <summary>True if the vendor has a model.</summary>
    public static bool Has(string? model) => model is not null && Models.ContainsKey(model);

    /// <summary>The items of a request.</summary>
    public static IReadOnlyList<JsonObject> Content(JsonObject body) => [.. (body["content"] as JsonArray ?? []).OfType<JsonObject>()];

    /// <summary>The address of an item.</summary>
    public static string? AddressOf(JsonObject item) => item[$"{item["type"]}"]?["url"]?.ToString();

    /// <summary>What an item is for; a picture alone is the first frame.</summary>
    public static string RoleOf(JsonObject item) => item["role"]?.ToString() ?? ($"{item["type"]}" == "image_url" ? "first_frame" : "");

    /// <summary>The first thing that is wrong with a request; null if nothing is.</summary>
    public static (string Code, string Words)? Fault(JsonObject body)
    {
        var (longest, rates) = Models[$"{body["model"]}"];
        if (body.Select(m => m.Key).FirstOrDefault(k => !Known.Contains(k)) is { } unknown)
        {
            return ($"InvalidParameter.{unknown}", $"The parameter `{unknown}` specified in the request is not valid.");
        }
        var content = Content(body);
        string[] roles = [.. content.Where(c => $"{c["type"]}" != "text").Select(RoleOf)];
        var frames = roles.Count(r => r is "first_frame" or "last_frame");
        if (content.Count == 0 || content.Any(c => $"{c["type"]}" != "text" && AddressOf(c) is null))
        {
            return ("MissingParameter.content", "The request is missing content.");
        }
        if ((frames > 0 && frames < roles.Length) || (roles.Contains("last_frame") && !roles.Contains("first_frame")))
        {
            return ("InvalidParameter.content",
                "first/last frame content cannot be mixed with reference media content, and last_frame needs first_frame.");
        }
        var resolution = $"{body["resolution"] ?? "720p"}";
        if (!rates.ContainsKey(resolution))
        {
            return ("InvalidParameter.resolution", $"resolution {resolution} is not supported by {body["model"]}");
        }
        if (!Ratios.Contains($"{body["ratio"] ?? "adaptive"}"))
        {
            return ("InvalidParameter.ratio", $"ratio {body["ratio"]} is not valid");
        }
        return body["duration"] is { } seconds
            && (seconds.GetValueKind() != JsonValueKind.Number || (double)seconds != Math.Floor((double)seconds)
                || (int)(double)seconds is not -1 && ((double)seconds < 4 || (double)seconds > longest))
            ? ("InvalidParameter.duration", $"duration {seconds} is not valid: a whole number from 4 to {longest}, or -1")
            : null;
    }

    /// <summary>The size that a clip is made in.</summary>
    public static async Task<(int Width, int Height)> SizeAsync(JsonObject body, string? file)
    {
        var sizes = Sizes[$"{body["resolution"] ?? "720p"}"].Values
            .SelectMany(s => new[] { s, (Width: s.Height, Height: s.Width) })
            .ToList();
        var (width, height) = await PictureSize.WithAsync(body["ratio"]?.ToString() is { } r and not "adaptive" ? r : null, 720, file);
        return sizes.MinBy(s => Math.Abs(Math.Log((double)s.Width / s.Height / ((double)width / height))));
    }

    /// <summary>What is counted, and what it costs.</summary>
    public static (long Tokens, decimal Usd) Count(JsonObject body, (int Width, int Height) size, double clipIn, double clipOut)
    {
        var tokens = (long)Math.Round((clipIn + clipOut) * size.Width * size.Height * FramesPerSecond / PixelsOfAToken);
        var rate = Models[$"{body["model"]}"].Rates[$"{body["resolution"] ?? "720p"}"];
        // What a million tokens of Seedance 2.5 cost at 1080p was not found: about $0.58 a second.
        return (tokens, rate is var (plain, withClip)
            ? tokens * (clipIn > 0 ? withClip : plain) / 1_000_000
            : 0.58m * (decimal)clipOut);
    }

    /// <summary>The seconds of a clip that is ordered.</summary>
    public static double SecondsOf(JsonObject body) =>
        body["duration"] is { } seconds && (double)seconds > 0 ? (double)seconds : 5;

    /// <summary>A stills' size as pixels; null if it is none.</summary>
    public static (int Width, int Height)? Pixels(string? size) => size?.Split('x') is [var width, var height]
        && int.TryParse(width, CultureInfo.InvariantCulture, out var w)
        && int.TryParse(height, CultureInfo.InvariantCulture, out var h)
        ? (w, h)
        : null;
}
