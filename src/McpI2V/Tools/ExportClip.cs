using System.Text.Json;
using System.Text.Json.Nodes;
using McpI2V.Answers;
using McpI2V.Answers.Structured;
using McpI2V.Engine;
using McpI2V.Engine.Catalogue.Routing;
using McpI2V.Engine.Editing;
using McpI2V.Engine.Generation;
using McpI2V.Engine.Jobs;
using McpI2V.Engine.Library;
using McpI2V.Media.Ffmpeg;
using McpI2V.Media.Formats;
using McpI2V.Media.Geometry;
using McpI2V.Tools.Arguments;
using McpI2V.Tools.Calls;
using McpI2V.Tools.Planning;

namespace McpI2V.Tools;

/// <summary>Makes posts of a clip.</summary>
internal static class ExportClip
{
    private const string Description =
        "Makes a post of a clip for each platform: its ratio at 1080 px (over a blurred copy where it differs; " +
        "never cropped), captions, a notice that AI made it where a model did, best quality, H.264 and AAC, no location or other " +
        "metadata. " +
        "Rendered from the master with the whole recipe in one encode. Free.";

    private static readonly Argument<string?> Clip = Argument.Reference("clip", "The clip to export").Needed();

    private static readonly Argument<IReadOnlyList<string>> Platforms =
        Argument.Texts("platforms", "Where it goes.", 10, Platform.All.Select(p => p.Name)).Needed();

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

    private static IReadOnlyList<IArgument> Arguments => [Clip, Platforms, Captions, Disclosure, .. CommonArguments.Paying];

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
        var jobs = platforms.Select(p => JobFor(services, clip, p, captions, disclosure)).ToList();
        if (jobs.Count == 1)
        {
            return await services.Submission.MakeAsync(jobs[0], call, callCancelled);
        }
        var matrix = new JsonObject { ["platform"] = TextList.ToJson(platforms.Select(p => p.Name)) };
        var variants = jobs
            .Zip(platforms, (job, platform) => job with { Variant = new JsonObject { ["platform"] = platform.Name }.ToJsonString() })
            .ToList();
        return await services.Submission.MakeBatchAsync($"export {clip.Handle}", matrix.ToJsonString(), variants, call, callCancelled);
    }

    private static string Names => string.Join(", ", Platform.All.Select(p => p.Name));

    private static Platform Find(string name) =>
        Platform.All.FirstOrDefault(p => p.Name.Equals(name.Trim(), StringComparison.OrdinalIgnoreCase))
            ?? throw I2VException.Invalid("platforms", $"platforms has \"{name}\"; one of {Names} is allowed. Nothing was spent.");

    private static NewJob JobFor(ToolServices services, Asset clip, Platform platform, JsonArray? captions, string disclosure)
    {
        var shape = services.Recipes.SourceOf(clip, null, "clip").Result();
        JsonArray steps = [];
        if (Math.Abs((shape.Size.Ratio / platform.Ratio.Value) - 1) > 0.01)
        {
            steps.Add(new JsonObject { ["op"] = "reframe", ["aspect_ratio"] = platform.Ratio.ToString(), ["mode"] = "blur" });
        }
        if (shape.Size.ShortSide != Resolution.Default.ShortSide)
        {
            steps.Add(new JsonObject { ["op"] = "scale", ["resolution"] = Resolution.Default.ToString() });
        }
        if (captions is not null)
        {
            steps.Add(new JsonObject { ["op"] = "captions", ["cues"] = captions.DeepClone() });
        }
        var isGenerated = IsGenerated(services, clip);
        var notice = disclosure switch { "none" => null, "auto" => isGenerated ? "AI-generated" : null, _ => disclosure };
        if (notice is not null)
        {
            steps.Add(new JsonObject { ["op"] = "text", ["text"] = notice, ["position"] = "top", ["style"] = "small" });
        }
        var result = services.Recipes.SourceOf(clip, steps, "captions").Result();
        var request = new RecipeRequest
        {
            Clip = clip.Handle.ToString(),
            Operations = steps,
            Operation = "export",
            Quality = EncodeQuality.Best,
            Comment = notice ?? (isGenerated ? "Made with a generative model." : "Made with mcp-i2v. No generative model was used."),
        };
        List<string> warnings = [];
        if (result.Duration.TotalSeconds > platform.LongestSeconds)
        {
            warnings.Add($"{platform.Name} shows at most {platform.LongestSeconds:0} s, and the clip " +
                $"lasts {result.Duration.TotalSeconds:0} s; trim it first.");
        }
        var title = $"{platform.Name} {ShortTitles.FromText(clip.Title, "clip")}";
        return JobSubmission.JobFor(
            "export_clip",
            title,
            request,
            services.Router.Choose(null, ModelNeed.Operations)) with { Warnings = warnings };
    }

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

    // A clip counts as generated if any model but the embedded engine had a hand in it or in what it was made from.
    private static bool IsGenerated(ToolServices services, Asset asset)
    {
        var open = new Queue<Asset>([asset]);
        HashSet<AssetHandle> seen = [];
        while (open.TryDequeue(out var next))
        {
            if (!seen.Add(next.Handle))
            {
                continue;
            }
            if (next.Model is { } model && !model.StartsWith("local:", StringComparison.Ordinal))
            {
                return true;
            }
            foreach (var input in next.Inputs
                .Select(i => AssetHandle.TryParse(i, out var handle) ? services.Library.Assets.Find(handle) : null)
                .OfType<Asset>())
            {
                open.Enqueue(input);
            }
        }
        return false;
    }
}
