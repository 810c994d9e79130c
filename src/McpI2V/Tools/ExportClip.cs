using System.Text.Json;
using System.Text.Json.Nodes;
using McpI2V.Answers;
using McpI2V.Answers.Structured;
using McpI2V.Engine;
using McpI2V.Engine.Editing;
using McpI2V.Engine.Planning;
using McpI2V.Media.Formats;
using McpI2V.Tools.Arguments;
using McpI2V.Tools.Calls;

namespace McpI2V.Tools;

/// <summary>Makes posts of a clip.</summary>
internal static class ExportClip
{
    private const string Description =
        "Makes a post of a clip for each platform: its exact pixels (over a blurred copy where it differs; " +
        "never cropped), captions, a notice that AI made it where a model did, best quality, H.264 and AAC, no location or other " +
        "metadata. " +
        "Free.";

    private static readonly Argument<string?> Clip = Argument.Reference("clip", "The clip to export").Needed();

    private static readonly Argument<IReadOnlyList<string>> Platforms =
        Argument.Texts("platforms", "Where it goes.", Platform.All.Count, Platform.All.Select(p => p.Name)).Needed();

    private static readonly Argument<JsonElement?> Captions = new(
        "captions",
        () => new JsonObject
        {
            ["type"] = new JsonArray("array", "string"),
            ["items"] = Schemas.Typed("object"),
            ["description"] = "Spoken words on screen: a list of {start_seconds,end_seconds,text}, or the text or path of an SRT or " +
                "WebVTT file.",
        },
        arguments => arguments.Raw("captions"));

    private static readonly Argument<string?> Disclosure = Argument.Text(
        "disclosure",
        "auto (default: a small \"AI-generated\" where a generative model was used), none, or your own words.",
        80);

    private static IReadOnlyList<IArgument> Arguments => [Clip, Platforms, Captions, Disclosure, .. CommonArguments.Making];

    public static ToolDefinition Definition() => new()
    {
        Name = "export_clip",
        Title = "Export for platforms",
        Description = Description,
        Effect = ToolEffect.Makes,
        Arguments = () => Arguments,
        AnswerSchema = AnswerSchemas.Work,
        Handler = CallAsync,
    };

    private static async Task<Answer> CallAsync(ToolServices services, ToolCall call, CancellationToken callCancelled)
    {
        var arguments = call.Arguments;
        var platforms = Platforms.Read(arguments).Distinct().Select(Find).ToList();
        if (platforms.Count == 0)
        {
            throw I2VException.Invalid("platforms", $"platforms is missing; give at least one of {Names}. Nothing was spent.");
        }
        var disclosure = Disclosure.Read(arguments) ?? "auto";
        var clip = await References.ImportAsync(services, call, Clip, MediaKind.Clip, callCancelled);
        var captions = await CaptionsAsync(services, call, callCancelled);
        var plan = services.Exports.Plan(clip, platforms, captions, disclosure);
        return await services.Submission.MakeAsync($"export {clip.Handle}", plan, call, callCancelled);
    }

    private static string Names => string.Join(", ", Platform.All.Select(p => p.Name));

    private static Platform Find(string name) =>
        Platform.All.FirstOrDefault(p => p.Name.Equals(name.Trim(), StringComparison.OrdinalIgnoreCase))
            ?? throw I2VException.Invalid(
                "platforms",
                $"platforms has {Media.ForeignText.Quote(name, 40)}; one of {Names} is allowed.{Meant(name)} Nothing was spent.");

    // What people call them, and what they ask for that is no platform.
    private static string Meant(string name) => name.Trim().ToLowerInvariant() switch
    {
        "instagram" or "ig" or "insta" => " For Instagram say reels, stories or meta_feed (4:5).",
        "facebook" or "fb" or "meta" => " For Facebook say meta_feed, reels or stories.",
        "twitter" => " For Twitter say x.",
        "youtube shorts" or "yt" => " For YouTube say youtube or shorts.",
        "gif" => " No GIF is made; the MP4 loops after edit_clip with the operation loop.",
        _ => "",
    };

    private static async Task<JsonArray?> CaptionsAsync(ToolServices services, ToolCall call, CancellationToken callCancelled)
    {
        if (Captions.Read(call.Arguments) is not { } raw)
        {
            return null;
        }
        if (raw.ValueKind == JsonValueKind.Array)
        {
            return JsonNode.Parse(raw.GetRawText())!.AsArray();
        }
        var text = call.Arguments.Text("captions", SubtitleText.Longest)!;
        if (AssetHandle.TryParse(text.Trim(), out var handle) && handle.Kind == MediaKind.Audio)
        {
            return await services.Recipes.CuesOfAsync(text, "captions", await call.CallerAsync(callCancelled), callCancelled);
        }
        if (!text.Contains("-->", StringComparison.Ordinal))
        {
            text = await services.Importer.ReadTextAsync(
                text,
                "captions",
                SubtitleText.Longest,
                await call.Roots(callCancelled),
                callCancelled);
        }
        return SubtitleText.Cues(text, "captions");
    }
}
