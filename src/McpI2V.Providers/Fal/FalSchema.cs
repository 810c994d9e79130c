using System.Globalization;
using System.Text.Json.Nodes;
using McpI2V.Engine.Catalogue;
using McpI2V.Engine.Catalogue.Wire;
using McpI2V.Media.Formats;
using McpI2V.Media.Geometry;

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

    private static readonly string[] Prompts = ["prompt", "text"];
    private static readonly string[] Images = ["image_url", "start_image_url", "first_frame_url", "first_image_url"];
    private static readonly string[] Pictures = ["image_urls"];
    private static readonly string[] Ends = ["end_image_url", "last_frame_url", "tail_image_url", "last_image_url"];
    private static readonly string[] References = ["reference_image_urls"];
    private static readonly string[] Clips = ["video_url"];
    private static readonly string[] Sounds = ["audio_url"];
    private static readonly string[] Ratios = ["aspect_ratio"];
    private static readonly string[] Resolutions = ["resolution"];
    private static readonly string[] Lengths = ["duration", "duration_seconds"];
    private static readonly string[] WithSound = ["generate_audio", "generate_audio_switch"];
    private static readonly string[] Seeds = ["seed"];
    private static readonly string[] Counts = ["num_images"];
    private static readonly string[][] Spellings =
    [
        Prompts, Images, Pictures, Ends, References, Clips, Sounds, Ratios, Resolutions, Lengths, WithSound, Seeds, Counts,
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
        var durations = Durations(members);
        var wire = Wire(members, capabilities[0]) with { DurationAs = durations?.Spelling ?? LengthSpelling.Number };
        string[] frames = [.. Frames(capabilities[0], wire)];
        return new ModelEntry
        {
            Id = "fal:" + endpoint,
            Alias = endpoint,
            Provider = "fal",
            Capabilities = capabilities,
            Summary = $"Listed by fal (\"{category}\"); not tried here. Its own options are passed on.",
            Frames = frames,
            DurationsSeconds = durations?.Range,
            Resolutions = [.. Values(members, wire.Resolution).Where(v => Resolution.TryParse(v, out _))],
            AspectRatios = frames.Contains("first") && wire.Ratio is null
                ? ["source"]
                : [.. Values(members, wire.Ratio).Where(v => AspectRatio.TryParse(v, out _))],
            Audio = wire.Sound is null ? "none" : "optional",
            MaxReferences = (wire.Images ?? wire.References) is not null ? 4 : 0,
            Price = PriceOf(usd, unit, capabilities[0]),
            Wire = wire,
            Source = "api.fal.ai/v1/models",
        };
    }

    private static IEnumerable<string> Frames(Capability capability, WireMapping wire)
    {
        if (capability == Capability.ImageToVideo || (capability == Capability.LipSync && wire.Image is not null))
        {
            yield return "first";
        }
        if (wire.End is not null)
        {
            yield return "last";
        }
        if ((wire.Images ?? wire.References) is not null)
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

    // Without a schema: the common names, and options as they come.
    private static WireMapping Wire(JsonObject members, Capability capability)
    {
        if (!Spellings.SelectMany(s => s).Any(members.ContainsKey))
        {
            return new WireMapping
            {
                Prompt = WirePath.Parse("prompt"),
                Image = capability is Capability.ImageToVideo or Capability.ImageEdit ? WirePath.Parse("image_url") : null,
                Clip = capability == Capability.VideoEdit ? WirePath.Parse("video_url") : null,
            };
        }
        return new WireMapping
        {
            Prompt = Place(members, Prompts),
            Image = capability == Capability.ImageEdit && members.ContainsKey(Pictures[0]) ? null : Place(members, Images),
            Images = Place(members, Pictures),
            End = Place(members, Ends),
            References = Place(members, References),
            Clip = Place(members, Clips),
            Audio = Place(members, Sounds),
            Ratio = Place(members, Ratios),
            Resolution = Place(members, Resolutions),
            Duration = Place(members, Lengths),
            Sound = Place(members, WithSound),
            Seed = Place(members, Seeds),
            Count = Place(members, Counts),
        };
    }

    private static WirePath? Place(JsonObject members, string[] spellings) =>
        spellings.FirstOrDefault(members.ContainsKey) is { } member ? WirePath.Parse(member) : null;

    private static (DurationRange Range, LengthSpelling Spelling)? Durations(JsonObject members)
    {
        if (Place(members, Lengths) is not { } place)
        {
            return null;
        }
        var schema = Schema(members[place.ToString()]);
        var values = Values(members, place).ToList();
        var seconds = values
            .Select(v => double.TryParse(v.TrimEnd('s'), CultureInfo.InvariantCulture, out var s) ? s : 0)
            .Where(s => s > 0)
            .Order()
            .ToArray();
        if (seconds.Length == 0)
        {
            var any = new DurationRange(schema?["minimum"]?.GetValue<double>() ?? 1, schema?["maximum"]?.GetValue<double>() ?? 60);
            return (any, LengthSpelling.Number);
        }
        var spelling = values[0].EndsWith('s')
            ? LengthSpelling.TextS
            : schema?["type"]?.ToString() == "string" ? LengthSpelling.Text : LengthSpelling.Number;
        return (new DurationRange(seconds[0], seconds[^1], seconds), spelling);
    }

    private static IEnumerable<string> Values(JsonObject members, WirePath? place) =>
        place is not null && Schema(members[place.ToString()])?["enum"] is JsonArray values ? values.Select(v => v!.ToString()) : [];

    // "anyOf": [{enum}, {null}] is how an optional member is written.
    private static JsonNode? Schema(JsonNode? member) =>
        member?["anyOf"] is JsonArray any ? any.FirstOrDefault(a => a?["enum"] is not null) ?? any.FirstOrDefault() : member;

    private static JsonObject? Input(JsonNode? openapi)
    {
        var schemas = openapi?["components"]?["schemas"] as JsonObject;
        return schemas?.Where(s => s.Key.EndsWith("Input", StringComparison.Ordinal) || s.Key.EndsWith("Request", StringComparison.Ordinal))
            .Select(s => s.Value?["properties"] as JsonObject)
            .OfType<JsonObject>()
            .OrderByDescending(p => Spellings.Sum(s => s.Count(p.ContainsKey)))
            .FirstOrDefault();
    }
}
