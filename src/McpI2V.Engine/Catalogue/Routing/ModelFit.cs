using System.Globalization;
using McpI2V.Media;
using McpI2V.Media.Ffmpeg;
using McpI2V.Media.Formats;
using McpI2V.Media.Geometry;

namespace McpI2V.Engine.Catalogue.Routing;

/// <summary>Whether a model can do a request, and how: pure, so that planning and doing decide the same.</summary>
/// <param name="Settings">Every open choice made.</param>
/// <param name="Lacks">What the model lacks, each with the argument and what it has; empty if it can do it.</param>
public sealed record ModelFit(ModelSettings Settings, IReadOnlyList<(string Argument, string Words)> Lacks)
{
    // A model's own size for a ratio is rounded to its grid: 1104:832 stands for 4:3.
    private const double SameRatio = 0.06;
    private const double UsualSeconds = 5;
    private const double UsualSecondsOfMusic = 30;

    /// <summary>True if it can.</summary>
    public bool Fits => Lacks.Count == 0;

    /// <summary>Judges a model by a need.</summary>
    public static ModelFit Judge(ModelEntry model, ModelNeed need)
    {
        List<(string, string)> lacks = [];
        if (!model.Capabilities.Contains(need.Capability))
        {
            // What speaks is asked for with what it is to speak to.
            var speaks = need.Capability == Capability.ImageToVideo && model.Capabilities.Contains(Capability.LipSync);
            lacks.Add((
                "model",
                $"it does {string.Join(", ", model.Capabilities.Select(SnakeCase.From))}, not {SnakeCase.From(need.Capability)}" +
                    (speaks ? ": it speaks to a sound, which audio is to give" : "")));
        }
        if (need.Prompt.Length > model.PromptLimit)
        {
            lacks.Add(need.Capability == Capability.TextToSpeech
                ? ("text", $"text has {need.Prompt.Length} characters, and it takes {model.PromptLimit}: have it spoken in parts")
                : ("prompt", $"prompt has {need.Prompt.Length} characters{CamerasWords(need)}, and it takes {model.PromptLimit}"));
        }
        if (need.HasLast && !model.Frames.Contains("last"))
        {
            lacks.Add(("end_image", "it takes no end_image"));
        }
        if (need.References > 0 && (!model.Frames.Contains("references") || model.TakesReferencesFor?.Contains(need.Capability) == false))
        {
            lacks.Add(("references", "it takes no references"));
        }
        else if (need.References > model.MaxReferences && model.MaxReferences > 0)
        {
            lacks.Add(("references", $"it takes {model.MaxReferences} references, not {need.References}"));
        }
        if (model.Needs.Contains("last") && !need.HasLast)
        {
            lacks.Add(("end_image", "it needs an end_image"));
        }
        if (model.Needs.Contains("references") && need.References == 0)
        {
            lacks.Add(("references", "it needs references"));
        }
        if (model.Needs.Contains("clip") && !need.HasClip)
        {
            lacks.Add(("model", "it composes for a clip: use it with edit_clip and options.task music"));
        }
        if (need.Capability == Capability.LipSync && need.HasFirst != model.Frames.Contains("first"))
        {
            lacks.Add(("model", need.HasFirst
                ? "it makes a clip speak, not a still: use it with edit_clip"
                : "it makes a still speak, not a clip: use it with animate_image"));
        }
        if (need.NativeAudio && model.Audio is not ("native" or "optional"))
        {
            lacks.Add(("audio", "audio is native, and it makes no sound of its own"));
        }
        if (model.Options is { } known && need.Options.FirstOrDefault(o => !known.Contains(o)) is { } unknown)
        {
            lacks.Add(("options", $"its options are {(known.Length == 0 ? "none" : string.Join(", ", known))}, not {unknown}"));
        }
        var settings = new ModelSettings
        {
            DurationSeconds = Duration(model, need, lacks),
            Resolution = ResolutionOf(model, need, lacks),
            AspectRatio = RatioOf(model, need, lacks),
            NativeAudio = model.Audio == "native" || (model.Audio == "optional" && need.NativeAudio),
            Voice = VoiceOf(model, need, lacks),
            Language = need.Language,
            Count = Math.Clamp(need.Count, 1, model.MaxCount),
            Quality = need.Quality,
            InputSeconds = InputSeconds(model, need),
            InputStills = StillsIn(need),
            Characters = need.Prompt.Length,
        };
        return new ModelFit(settings with { Size = SizeOf(settings, need) }, lacks);
    }

    private static string CamerasWords(ModelNeed need) => need.Capability.Makes() == MediaKind.Clip ? " with the camera's words" : "";

    /// <summary>True if two sizes have the same shape, but for rounding.</summary>
    public static bool IsSameRatio(double one, double other) => Math.Abs((one / other) - 1) <= SameRatio;

    private static int StillsIn(ModelNeed need) =>
        need.References + (need.HasFirst || need.Capability == Capability.ImageEdit ? 1 : 0) + (need.HasLast ? 1 : 0);

    // A clip is cut to what the model takes; a sound that is too long is refused.
    private static double InputSeconds(ModelEntry model, ModelNeed need) =>
        need.Capability == Capability.LipSync ? need.InputSeconds : Math.Min(need.InputSeconds, model.Inputs.ClipSeconds);

    private static double Duration(ModelEntry model, ModelNeed need, List<(string, string)> lacks)
    {
        if (model.DurationsSeconds is not { } range)
        {
            return need.Capability.KeepsLength() ? InputSeconds(model, need) : 0;
        }
        if (need.DurationSeconds is not { } wanted)
        {
            var usual = need.Capability == Capability.Music ? UsualSecondsOfMusic : UsualSeconds;
            return range.Only is { Length: > 0 } list
                ? list.MinBy(d => Math.Abs(d - usual))
                : Math.Clamp(usual, range.Min, range.Max);
        }
        if (wanted < range.Min || wanted > range.Max || range.Only?.Contains(wanted) == false)
        {
            lacks.Add(("duration_seconds", $"duration_seconds is {Number(wanted)}, and it makes {range}"));
        }
        return wanted;
    }

    private static string? VoiceOf(ModelEntry model, ModelNeed need, List<(string, string)> lacks)
    {
        if (need.Voice is not { } wanted)
        {
            return null;
        }
        var voice = model.Voices.FirstOrDefault(v => v.Equals(wanted, StringComparison.OrdinalIgnoreCase))
            ?? (model.IsEmbedded && IsLanguage(wanted) ? wanted : null);
        if (voice is null)
        {
            lacks.Add(("voice", model.Voices.Length == 0
                ? "it has one voice of its own"
                : $"voice is {ForeignText.Quote(wanted, 60)}, and its voices are {string.Join(", ", model.Voices)}" +
                    $"{(model.IsEmbedded ? " or the code of a language (es, de, ja) where espeak-ng is installed" : "")}; list_models " +
                    "with kind text_to_speech lists those of every model"));
        }
        return voice;
    }

    // The embedded engine's voices of other languages go by the language, if they are installed.
    private static bool IsLanguage(string voice) => voice.Split('-', '_')[0] is { Length: 2 or 3 } code && code.All(char.IsAsciiLetter);

    private static string? ResolutionOf(ModelEntry model, ModelNeed need, List<(string, string)> lacks)
    {
        if (need.Resolution is not { } wanted)
        {
            return model.Resolutions.Length == 0
                ? null
                : model.Resolutions.Contains("1080p") && need.Quality == EncodeQuality.Best ? "1080p" : model.Resolutions[0];
        }
        if (model.Resolutions.Length > 0 && !model.Resolutions.Contains(wanted))
        {
            lacks.Add(("resolution", $"resolution is {wanted}, and it makes {string.Join(", ", model.Resolutions)}"));
        }
        return model.Resolutions.Length == 0 ? null : wanted;
    }

    // A still is never cropped in silence: a ratio is taken when the still has it, or when the user asked for fitting.
    private static string? RatioOf(ModelEntry model, ModelNeed need, List<(string, string)> lacks)
    {
        if (model.AspectRatios.Length == 0)
        {
            return null;
        }
        var followsInput = model.AspectRatios.Contains("source") && need.InputSize is not null;
        var own = need.InputSize is { } size ? Named(model, size.Ratio) : null;
        var named = need.AspectRatio ?? (need.ExactSize is { } exact ? Named(model, exact.Ratio) : null);
        if (named is not { } wanted || wanted == "source")
        {
            if (followsInput)
            {
                return null;
            }
            if (need.InputSize is null)
            {
                return model.AspectRatios.Contains("9:16") ? "9:16" : model.AspectRatios.FirstOrDefault(r => r != "source");
            }
            // An edited still is composed anew, so its nearest ratio will do; a clip begins with the still as it is.
            if (own is null && (need.FitsInput || model.Reframes || need.Capability.Makes() == MediaKind.Still))
            {
                return model.AspectRatios
                    .Where(r => AspectRatio.TryParse(r, out _))
                    .MinBy(r => Math.Abs(Math.Log(ValueOf(r) / need.InputSize.Value.Ratio)));
            }
            if (own is null)
            {
                lacks.Add(("aspect_ratio", $"the picture is {need.InputSize} and it makes {Listed(model)}; {HowToFit}"));
            }
            return own;
        }
        if (need.InputSize is null
            || need.Capability.Makes() == MediaKind.Still
            || IsSameRatio(ValueOf(wanted), need.InputSize.Value.Ratio)
            || (need.FitsInput || model.Reframes))
        {
            if (!model.AspectRatios.Contains(wanted) && !followsInput)
            {
                lacks.Add(("aspect_ratio", $"aspect_ratio is {wanted}, and it makes {Listed(model)}"));
            }
            return model.AspectRatios.Contains(wanted) ? wanted : null;
        }
        lacks.Add(("aspect_ratio", $"aspect_ratio is {wanted} and the picture is {need.InputSize}; {HowToFit}"));
        return wanted;
    }

    private const string HowToFit =
        "make the still at the target ratio with generate_still first, or say options.fit crop, extend_blur, extend_mirror or pad";

    private static string Listed(ModelEntry model) =>
        string.Join(", ", model.AspectRatios.Where(r => r != "source").DefaultIfEmpty("the picture's own ratio"));

    private static string? Named(ModelEntry model, double ratio) =>
        model.AspectRatios
            .Where(r => AspectRatio.TryParse(r, out _))
            .Where(r => IsSameRatio(ValueOf(r), ratio))
            .MinBy(r => Math.Abs(ValueOf(r) - ratio));

    private static double ValueOf(string ratio) => AspectRatio.TryParse(ratio, out var known) ? known.Value : 1;

    private static PixelSize SizeOf(ModelSettings settings, ModelNeed need)
    {
        if (need.ExactSize is { } exact)
        {
            return exact;
        }
        var shortSide = Resolution.TryParse(settings.Resolution, out var resolution) ? resolution.ShortSide : Resolution.Default.ShortSide;
        if (settings.AspectRatio is { } name && AspectRatio.TryParse(name, out var ratio))
        {
            return ratio.SizeWithShortSide(shortSide);
        }
        if (need.AspectRatio is { } wanted && AspectRatio.TryParse(wanted, out var asked))
        {
            return asked.SizeWithShortSide(shortSide);
        }
        var input = need.InputSize ?? new PixelSize(9, 16);
        return input.Width <= input.Height
            ? new PixelSize(shortSide, (int)Math.Round(shortSide / input.Ratio)).Even()
            : new PixelSize((int)Math.Round(shortSide * input.Ratio), shortSide).Even();
    }

    private static string Number(double seconds) => seconds.ToString("0.###", CultureInfo.InvariantCulture);
}
