using System.Globalization;
using System.Text.Json.Nodes;
using McpI2V.Engine.Catalogue;
using McpI2V.Media.Formats;
using McpI2V.Media.Geometry;
using McpI2V.Providers.Http;

namespace McpI2V.Providers.Fal;

/// <summary>Reads a model's row from fal's listing: its category says what it makes, its input schema how it is asked.</summary>
internal static class FalSchema
{
    // A second of a machine, where fal bills machines: a clip is priced as a minute and settled to what was billed.
    private const decimal MachineSecondsOfAClip = 60;

    private static readonly Dictionary<string, Capability[]> CapabilitiesOf = new(StringComparer.Ordinal)
    {
        ["text-to-image"] = [Capability.TextToImage],
        ["image-to-image"] = [Capability.ImageEdit],
        ["image-to-video"] = [Capability.ImageToVideo],
        ["video-to-video"] = [Capability.VideoEdit],
        ["text-to-speech"] = [Capability.TextToSpeech],
        ["text-to-audio"] = [Capability.SoundEffect],
        ["audio-to-video"] = [Capability.LipSync],
    };

    private static readonly (string Name, string[] Members)[] Names =
    [
        ("prompt", ["prompt", "text"]),
        ("image", ["image_url", "start_image_url", "first_frame_url", "first_image_url"]),
        ("images", ["image_urls"]),
        ("end", ["end_image_url", "last_frame_url", "tail_image_url", "last_image_url"]),
        ("references", ["reference_image_urls"]),
        ("clip", ["video_url"]),
        ("audio", ["audio_url"]),
        ("ratio", ["aspect_ratio"]),
        ("resolution", ["resolution"]),
        ("duration", ["duration", "duration_seconds"]),
        ("sound", ["generate_audio", "generate_audio_switch"]),
        ("seed", ["seed"]),
        ("count", ["num_images"]),
    ];

    /// <summary>The row; null if the model makes nothing that is wanted here.</summary>
    public static ModelEntry? Row(string endpoint, JsonObject listed, decimal usd, string unit)
    {
        var category = listed["metadata"]?["category"]?.ToString() ?? "";
        if (!CapabilitiesOf.TryGetValue(category, out var capabilities))
        {
            return null;
        }
        var members = Input(listed["openapi"]) ?? [];
        JsonObject wire = [];
        foreach (var (name, spellings) in Names)
        {
            if (spellings.FirstOrDefault(members.ContainsKey) is { } member
                && (name != "image" || capabilities[0] != Capability.ImageEdit || !members.ContainsKey("image_urls")))
            {
                wire[name] = member;
            }
        }
        if (wire.Count == 0)
        {
            // No schema: the common names, and options as they come.
            wire = new JsonObject
            {
                ["prompt"] = "prompt",
                ["image"] = capabilities[0] is Capability.ImageToVideo or Capability.ImageEdit ? "image_url" : null,
                ["clip"] = capabilities[0] == Capability.VideoEdit ? "video_url" : null,
            };
        }
        var durations = Durations(members, wire);
        string[] frames = [.. Frames(capabilities[0], wire)];
        return new ModelEntry
        {
            Id = "fal:" + endpoint,
            Alias = endpoint,
            Provider = "fal",
            Capabilities = capabilities,
            Summary = $"Listed by fal ({VendorText.Quote(category)}); not tried here. Its own options are passed on.",
            Frames = frames,
            DurationsSeconds = durations,
            Resolutions = [.. Values(members, wire, "resolution").Where(v => Resolution.TryParse(v, out _))],
            AspectRatios = frames.Contains("first") && wire["ratio"] is null
                ? ["source"]
                : [.. Values(members, wire, "ratio").Where(v => AspectRatio.TryParse(v, out _))],
            Audio = wire["sound"] is null ? "none" : "optional",
            MaxReferences = wire["images"] is not null || wire["references"] is not null ? 4 : 0,
            Price = PriceOf(usd, unit, capabilities[0]),
            Wire = wire,
            Source = "api.fal.ai/v1/models",
        };
    }

    private static IEnumerable<string> Frames(Capability capability, JsonObject wire)
    {
        if (capability == Capability.ImageToVideo || (capability == Capability.LipSync && wire["image"] is not null))
        {
            yield return "first";
        }
        if (wire["end"] is not null)
        {
            yield return "last";
        }
        if (wire["images"] is not null || wire["references"] is not null)
        {
            yield return "references";
        }
    }

    private static Price PriceOf(decimal usd, string unit, Capability capability) => unit.ToLowerInvariant().TrimEnd('s') switch
    {
        "second" or "video second" => new Price("second", usd),
        "image" => new Price("image", usd),
        "megapixel" or "processed megapixel" => new Price("megapixel", usd),
        "video" or "generation" or "request" => new Price(capability.Makes() == MediaKind.Still ? "image" : "clip", usd),
        "1000 character" => new Price("thousand_characters", usd),
        _ => new Price("clip", usd * MachineSecondsOfAClip),
    };

    private static DurationRange? Durations(JsonObject members, JsonObject wire)
    {
        if (wire["duration"]?.ToString() is not { } name)
        {
            return null;
        }
        var values = Values(members, wire, "duration").ToList();
        var seconds = values
            .Select(v => double.TryParse(v.TrimEnd('s'), CultureInfo.InvariantCulture, out var s) ? s : 0)
            .Where(s => s > 0)
            .Order()
            .ToArray();
        if (seconds.Length > 0)
        {
            wire["duration_as"] = values[0].EndsWith('s')
                ? "text_s"
                : Schema(members[name])?["type"]?.ToString() == "string" ? "text" : "number";
            return new DurationRange(seconds[0], seconds[^1], seconds);
        }
        return new DurationRange(
            Schema(members[name])?["minimum"]?.GetValue<double>() ?? 1,
            Schema(members[name])?["maximum"]?.GetValue<double>() ?? 60);
    }

    private static IEnumerable<string> Values(JsonObject members, JsonObject wire, string name) =>
        wire[name]?.ToString() is { } member && Schema(members[member])?["enum"] is JsonArray values
            ? values.Select(v => v!.ToString())
            : [];

    // "anyOf": [{enum}, {null}] is how an optional member is written.
    private static JsonNode? Schema(JsonNode? member) =>
        member?["anyOf"] is JsonArray any ? any.FirstOrDefault(a => a?["enum"] is not null) ?? any.FirstOrDefault() : member;

    private static JsonObject? Input(JsonNode? openapi)
    {
        var schemas = openapi?["components"]?["schemas"] as JsonObject;
        return schemas?.Where(s => s.Key.EndsWith("Input", StringComparison.Ordinal) || s.Key.EndsWith("Request", StringComparison.Ordinal))
            .Select(s => s.Value?["properties"] as JsonObject)
            .OfType<JsonObject>()
            .OrderByDescending(p => Names.Sum(n => n.Members.Count(p.ContainsKey)))
            .FirstOrDefault();
    }
}
