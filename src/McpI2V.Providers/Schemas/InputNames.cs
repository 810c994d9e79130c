using System.Text.Json.Nodes;
using McpI2V.Engine.Catalogue;
using McpI2V.Engine.Catalogue.Wire;
using McpI2V.Media.Ffmpeg;
using McpI2V.Media.Geometry;

namespace McpI2V.Providers.Schemas;

/// <summary>
/// What models call the parts of an order. Names differ from model to model and change with its versions; these were seen in schemas of
/// 2025 and 2026.
/// </summary>
internal static class InputNames
{
    private static readonly string[] Prompts = ["prompt", "text", "text_prompt", "instruction"];
    private static readonly string[] Images =
    [
        "start_image", "first_frame_image", "first_frame", "start_frame", "start_image_url", "first_frame_url", "image", "input_image",
        "image_url", "img", "init_image", "photo",
    ];
    private static readonly string[] Pictures = ["image_input", "input_images", "images", "image_urls"];
    private static readonly string[] Ends =
    [
        "end_image", "last_frame_image", "last_frame", "last_image", "tail_image", "image_tail", "end_frame", "end_image_url",
        "last_frame_url", "last_image_url",
    ];
    private static readonly string[] References = ["reference_images", "reference_image_urls", "subject_images", "character_images"];
    private static readonly string[] Clips = ["video", "input_video", "video_url", "source_video", "video_input"];
    private static readonly string[] Sounds = ["audio", "audio_file", "input_audio", "audio_url", "driven_audio", "driving_audio"];
    private static readonly string[] Voices = ["voice", "voice_id", "speaker"];
    private static readonly string[] Ratios = ["aspect_ratio", "ratio"];
    private static readonly string[] Resolutions = ["resolution", "video_resolution"];
    private static readonly string[] Lengths = ["duration", "duration_seconds", "duration_s", "seconds", "video_length", "duration_ms"];
    private static readonly string[] Frames = ["num_frames", "frames", "frame_count"];
    private static readonly string[] Rates = ["fps", "frames_per_second", "frame_rate"];
    private static readonly string[] WithSound = ["generate_audio", "enable_audio", "with_audio", "sound", "audio"];
    private static readonly string[] Seeds = ["seed"];
    private static readonly string[] Counts = ["num_outputs", "num_images", "number_of_images", "batch_size"];

    // What writes the prompt anew unless it is told not to: "prompt_optimizer", "enable_prompt_expansion", "enhance_prompt" and the like.
    private static readonly string[] Rewriting = ["optimi", "expan", "upsampl", "extend", "enhanc", "magic", "rewrit"];

    // How models write what they make where they do not write it as the field does.
    private static readonly (string Named, string[] Written)[] Otherwise =
    [
        ("480p", ["540P", "540p"]), ("720p", ["768P", "768p", "1K", "1k"]), ("1440p", ["2K", "2k", "1440p (2K QHD)"]),
        ("2160p", ["4K", "4k", "2160p (4K UHD)"]),
    ];

    // How a model says that it keeps the picture's own ratio.
    private static readonly string[] Own = ["match_input_image", "adaptive", "auto", "source", "original"];

    /// <summary>How an order is written for a model. What costs money or rewrites the prompt by default is always sent.</summary>
    public static WireMapping Wire(ModelSchema model)
    {
        var audio = Place(model, Sounds, IsOneFile);
        // What speaks to a sound is as long as that.
        var length = audio is not null && model.Required.Contains(audio.ToString())
            ? null
            : Place(model, Lengths, m => m.Type is "integer" or "number" or "string" && !m.IsFile);
        var image = Place(model, Images, IsOneFile);
        var pictures = Place(model, Pictures, m => m.IsFiles);
        var frames = length is null ? Place(model, Frames, IsNumber) : null;
        var resolution = Place(model, Resolutions, m => Known(m).Count > 0);
        var quality = Place(model, ["quality"], m => QualitiesOf(m) is not null);
        var sound = Place(model, WithSound, m => m.Type == "boolean" || IsOnOff(m));
        return new WireMapping
        {
            Fixed = Always(model),
            Prompt = Place(model, Prompts, IsText),
            Image = image,
            Images = image is null ? pictures : null,
            End = Place(model, Ends, IsOneFile),
            References = Place(model, References, m => m.IsFiles) ?? (image is null ? null : pictures),
            Clip = Place(model, Clips, IsOneFile),
            Audio = audio,
            Voice = Place(model, Voices, m => m.Values.Count > 0),
            Ratio = Place(model, Ratios, m => m.Values.Any(IsRatio)),
            Resolution = resolution,
            ResolutionValues = resolution is null ? null : Known(model.Inputs[resolution.ToString()]),
            Duration = length ?? frames,
            DurationAs = frames is not null ? LengthSpelling.Frames : Spelling(model, length),
            FramesPerSecond = frames is null ? null : FramesPerSecond(model),
            Sound = sound,
            SoundAs = sound is not null && IsOnOff(model.Inputs[sound.ToString()]) ? SoundSpelling.OnOff : SoundSpelling.Flag,
            Quality = quality,
            QualityValues = quality is null ? null : QualitiesOf(model.Inputs[quality.ToString()]),
            Seed = Place(model, Seeds, IsNumber),
            Count = Place(model, Counts, IsNumber),
            CountAlways = true,
        };
    }

    /// <summary>The inputs that no part of an order stands for.</summary>
    public static IReadOnlyList<string> Others(ModelSchema model, WireMapping wire)
    {
        var known = new[]
        {
            wire.Prompt, wire.Image, wire.Images, wire.End, wire.References, wire.Clip, wire.Audio, wire.Voice, wire.Ratio, wire.Resolution,
            wire.Duration, wire.Sound, wire.Quality, wire.Seed, wire.Count,
        }.Select(p => p?.ToString()).Concat(wire.Fixed?.Select(f => f.Key) ?? []).ToHashSet(StringComparer.Ordinal);
        return [.. model.Inputs.Keys.Where(name => !known.Contains(name))];
    }

    /// <summary>The lengths that a model makes; null: it has no length.</summary>
    public static DurationRange? Durations(ModelSchema model, WireMapping wire)
    {
        if (wire.Duration is not { } place)
        {
            return null;
        }
        var member = model.Inputs[place.ToString()];
        double InSeconds(double number) => wire.DurationAs switch
        {
            LengthSpelling.Frames => (number - 1) / (wire.FramesPerSecond ?? 16),
            LengthSpelling.Milliseconds => number / 1000,
            _ => number,
        };
        double[] only = [.. member.Values.Select(Seconds).OfType<double>().Where(s => s > 0).Select(InSeconds).Order()];
        if (only.Length > 0)
        {
            return new DurationRange(only[0], only[^1], only);
        }
        // -1 is how a length is left to the model.
        var (least, most) = (Math.Max(1, InSeconds(member.Minimum ?? 1)), member.Maximum is { } longest ? InSeconds(longest) : 10);
        var whole = member.Type == "integer" && wire.DurationAs == LengthSpelling.Number && most - least <= 60;
        return new DurationRange(
            least,
            Math.Max(least, most),
            whole ? [.. Enumerable.Range((int)Math.Ceiling(least), (int)(most - least) + 1).Select(s => (double)s)] : null);
    }

    /// <summary>The ratios that a model makes.</summary>
    public static IReadOnlyList<string> RatiosOf(ModelSchema model, WireMapping wire, bool hasFirst) => wire.Ratio is null
        ? hasFirst ? ["source"] : []
        : [
            .. hasFirst && wire.Fixed?.ContainsKey(wire.Ratio.ToString()) == true ? new[] { "source" } : [],
            .. model.Inputs[wire.Ratio.ToString()].Values.Where(IsRatio),
        ];

    private static JsonObject? Always(ModelSchema model)
    {
        var always = new JsonObject();
        foreach (var (name, _) in model.Inputs.Where(i => i.Value.Type == "boolean" && IsRewriter(i.Key)))
        {
            always[name] = false;
        }
        if (model.Inputs.GetValueOrDefault("magic_prompt_option")?.Values.FirstOrDefault(v => v is "Off" or "OFF" or "off") is { } off)
        {
            always["magic_prompt_option"] = off;
        }
        // A ratio that is asked for takes its place.
        if (Place(model, Ratios, m => m.Values.Any(IsRatio)) is { } ratio
            && Own.FirstOrDefault(model.Inputs[ratio.ToString()].Values.Contains) is { } own)
        {
            always[ratio.ToString()] = own;
        }
        return always.Count == 0 ? null : always;
    }

    private static WirePath? Place(ModelSchema model, string[] names, Func<InputMember, bool> fits) =>
        names.FirstOrDefault(n => model.Inputs.GetValueOrDefault(n) is { } member && fits(member)) is { } name
            ? WirePath.Parse(name)
            : null;

    private static bool IsOneFile(InputMember member) => member.Type == "string" || (member.IsFile && member.Type == "object");

    // What a draft, a usual and the best result are called, where a model knows several.
    private static Dictionary<EncodeQuality, string>? QualitiesOf(InputMember member)
    {
        string? Named(params ReadOnlySpan<string> names)
        {
            foreach (var name in names)
            {
                if (member.Values.Contains(name))
                {
                    return name;
                }
            }
            return null;
        }
        return Named("standard", "medium", "balanced", "fast", "low") is { } usual
            ? new()
            {
                [EncodeQuality.Draft] = Named("fast", "turbo", "low") ?? usual,
                [EncodeQuality.Standard] = usual,
                [EncodeQuality.Best] = Named("pro", "high", "quality") ?? usual,
            }
            : null;
    }

    private static bool IsText(InputMember member) => member.Type is "string" && member is { IsFile: false, Values.Count: 0 };

    private static bool IsNumber(InputMember member) => member.Type is "integer" or "number";

    private static bool IsRatio(string value) => value.Contains(':', StringComparison.Ordinal) && AspectRatio.TryParse(value, out _);

    private static bool IsOnOff(InputMember member) => member.Values.Contains("on") && member.Values.Contains("off");

    private static bool IsRewriter(string name) => name.Contains("prompt", StringComparison.Ordinal)
        && Rewriting.Any(r => name.Contains(r, StringComparison.Ordinal));

    private static Dictionary<string, string> Known(InputMember member)
    {
        var known = member.Values
            .Where(v => Resolution.TryParse(v, out _))
            .GroupBy(v => v.ToLowerInvariant().TrimEnd('p') + "p", StringComparer.Ordinal)
            .ToDictionary(g => g.Key, g => g.First(), StringComparer.Ordinal);
        foreach (var (named, written) in Otherwise.Where(o => !known.ContainsKey(o.Named)))
        {
            if (written.FirstOrDefault(member.Values.Contains) is { } value)
            {
                known[named] = value;
            }
        }
        return known;
    }

    private static LengthSpelling Spelling(ModelSchema model, WirePath? length)
    {
        var member = length is null ? null : model.Inputs[length.ToString()];
        return length?.ToString().EndsWith("_ms", StringComparison.Ordinal) == true
            ? LengthSpelling.Milliseconds
            : member?.Type != "string"
            ? LengthSpelling.Number
            : member.Values.Any(v => v.EndsWith('s')) ? LengthSpelling.TextS : LengthSpelling.Text;
    }

    private static double FramesPerSecond(ModelSchema model) =>
        Place(model, Rates, IsNumber) is { } rate
            && model.Inputs[rate.ToString()].Default is JsonValue value
            && value.TryGetValue<double>(out var frames)
            && frames > 0
            ? frames
            : 16;

    private static double? Seconds(string value) =>
        double.TryParse(value.TrimEnd('s'), System.Globalization.CultureInfo.InvariantCulture, out var seconds) ? seconds : null;
}
