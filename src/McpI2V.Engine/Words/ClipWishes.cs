using System.Text.Json.Nodes;
using McpI2V.Engine.Library;
using McpI2V.Media.Formats;

namespace McpI2V.Engine.Words;

/// <summary>The typed operations that do what is said of a clip.</summary>
internal static class ClipWishes
{
    /// <summary>The steps that do it; empty: no operation does.</summary>
    public static IReadOnlyList<JsonObject> Steps(Wish wish, string words, Asset clip) => wish switch
    {
        Wish.Resolution => [Step("scale", ("resolution", Amounts.Resolution(words)))],
        Wish.Music => [Step("audio", ("audio", "YOUR MUSIC FILE"), ("loop", true), ("fade_seconds", 0.5), ("duck", true))],
        Wish.Stabilize => [Step("stabilize")],
        Wish.Captions =>
        [
            Step("captions", ("cues", new JsonArray(new JsonObject
            {
                ["start_seconds"] = 0,
                ["end_seconds"] = Math.Min(2, Length(clip)),
                ["text"] = Amounts.Spoken(words) ?? "YOUR WORDS",
            }))),
        ],
        Wish.Title => [Step("text", ("text", Amounts.Spoken(words) ?? "YOUR WORDS"), ("position", Position(words)))],
        Wish.Logo => [Step("logo", ("image", "YOUR LOGO"))],
        Wish.Trim => [Trim(words, Length(clip))],
        Wish.Slower => [Step("speed", ("factor", Amounts.IsLittle(words) ? 0.75 : 0.5))],
        Wish.Faster => [Step("speed", ("factor", Math.Clamp(Amounts.Times(words) ?? (Amounts.IsLittle(words) ? 1.25 : 2), 0.25, 4)))],
        Wish.Reverse => [Step("reverse")],
        Wish.Loop => [Step("loop", ("mode", Has(words, "boomerang") ? "boomerang" : "crossfade"))],
        Wish.Fade => [Fade(words)],
        Wish.Freeze => [Step("freeze_frame", ("at_seconds", Math.Max(0, Math.Round(Length(clip) - 0.1, 1))), ("duration_seconds", 1))],
        Wish.Mute => [Step("mute")],
        Wish.Louder when clip.HasAudio => Volume(clip, 6),
        Wish.Quieter when clip.HasAudio => Volume(clip, -6),
        Wish.Ratio => [Step("reframe", ("aspect_ratio", Amounts.Ratio(words)), ("mode", "blur"))],
        Wish.Warmer => [Step("grade", ("temperature", Amounts.IsLittle(words) ? 0.25 : 0.4))],
        Wish.Cooler => [Step("grade", ("temperature", Amounts.IsLittle(words) ? -0.25 : -0.4))],
        Wish.Brighter => [Step("grade", ("exposure", 0.4))],
        Wish.Darker => [Step("grade", ("exposure", -0.4))],
        Wish.Vivid => [Step("grade", ("saturation", 0.3))],
        Wish.BlackAndWhite => [Step("grade", ("look", "mono"))],
        _ => [],
    };

    /// <summary>What does it that is no operation, in a sentence; null: nothing.</summary>
    /// <param name="wish">What is wished.</param>
    /// <param name="words">The words of it.</param>
    /// <param name="clip">The clip.</param>
    /// <param name="hears">True if a model can be had that hears what is spoken.</param>
    public static string? Otherwise(Wish wish, string words, Asset clip, bool hears) => wish switch
    {
        Wish.Captions when hears && clip.HasAudio && Amounts.Spoken(words) is null =>
            $"What {clip.Handle} itself speaks: captions without cues has a model hear it, at a price that dry_run tells.",
        Wish.Undo when (clip.Before ?? clip.Parent) is { Kind: MediaKind.Clip } before =>
            $"Undoing is free: edit {before}, which is as it was before the last change.",
        Wish.Undo => $"{clip.Handle} is the first of its clips: there is no change before it to undo.",
        Wish.VoiceOver => "A voice is made by itself and laid under the clip: " + NextCall.Of("edit_clip", new JsonObject
        {
            ["clip"] = clip.Handle.ToString(),
            ["instruction"] = Amounts.Spoken(words) ?? "THE WORDS TO SPEAK",
            ["options"] = new JsonObject { ["task"] = "text_to_speech" },
        }) + ", or the operation audio with a recording.",
        Wish.Louder or Wish.Quieter when !clip.HasAudio =>
            $"{clip.Handle} has no sound of its own; the operation audio lays one under it, with gain_db.",
        Wish.Publish => $"Nothing is posted from here: export_clip {NextCall.Json(new JsonObject
        {
            ["clip"] = clip.Handle.ToString(),
            ["platforms"] = new JsonArray(Amounts.Platform(words)),
        })} makes the file, which the user uploads.",
        Wish.FileSize => "No file size can be asked for. Smaller files come of the operation trim, and of scale to 720p or 480p.",
        Wish.Gif => "No GIF is made; the operation loop makes an MP4 that goes round.",
        Wish.CutOut => "What is in the middle is cut out by three calls: edit_clip with trim to where it begins, edit_clip of the same " +
            $"{clip.Handle} with trim from where it ends, and assemble_clips of both.",
        Wish.Bigger or Wish.Smaller or Wish.Backdrop or Wish.Isolate =>
            "That is made in the still: generate_still with options.zoom, cutout, cutout_height or backdrop, then animate_image.",
        _ => null,
    };

    private static double Length(Asset clip) => clip.Duration.TotalSeconds;

    private static JsonObject Step(string op, params ReadOnlySpan<(string Name, JsonNode Value)> members)
    {
        JsonObject step = new() { ["op"] = op };
        foreach (var (name, value) in members)
        {
            step[name] = value;
        }
        return step;
    }

    private static bool Has(string words, string word) => words.Contains(word, StringComparison.OrdinalIgnoreCase);

    private static string Position(string words) =>
        Has(words, "bottom") ? "bottom" : Has(words, "center") || Has(words, "centre") || Has(words, "middle") ? "center" : "top";

    private static JsonObject Fade(string words)
    {
        var (isIn, isOut) = (Has(words, " in"), Has(words, "out"));
        return isIn && !isOut ? Step("fade", ("in_seconds", 0.5))
            : isOut && !isIn ? Step("fade", ("out_seconds", 0.5))
            : Step("fade", ("in_seconds", 0.5), ("out_seconds", 0.5));
    }

    // "cut it to four seconds" and "keep the first four" end there; "cut the last two" ends before them; "cut the first two" begins after.
    private static JsonObject Trim(string words, double length)
    {
        var seconds = Math.Min(Amounts.Seconds(words) ?? Math.Round(length * 0.8, 1), length);
        bool Says(string word) => Has(words, word);
        var keeps = Says("keep") || Says("only") || Says(" to ");
        var rest = Math.Max(0, Math.Round(length - seconds, 2));
        return (Says("last") || Says("end")) && !Says("first")
            ? keeps ? Step("trim", ("start_seconds", rest)) : Step("trim", ("end_seconds", rest))
            : (Says("first") || Says("beginning") || Says("start")) && !keeps && (Says("remove") || Says("drop") || Says("cut the"))
            ? Step("trim", ("start_seconds", seconds))
            : Step("trim", ("end_seconds", seconds));
    }

    // There is one way to a clip's own volume: away with it, and back as a sound of that gain.
    private static JsonObject[] Volume(Asset clip, double gain) =>
        [Step("mute"), Step("audio", ("audio", clip.Handle.ToString()), ("gain_db", gain))];
}
