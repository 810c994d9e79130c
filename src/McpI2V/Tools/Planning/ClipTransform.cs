using System.Text.Json.Nodes;
using McpI2V.Answers;
using McpI2V.Engine;
using McpI2V.Engine.Catalogue.Routing;
using McpI2V.Engine.Generation;
using McpI2V.Engine.Jobs;
using McpI2V.Engine.Library;
using McpI2V.Media.Clips;
using McpI2V.Media.Formats;
using McpI2V.Tools.Arguments;
using McpI2V.Tools.Calls;

namespace McpI2V.Tools.Planning;

/// <summary>A clip changed by a model: the model gets the master, and the recipe is carried over to what it makes.</summary>
internal static class ClipTransform
{
    private static readonly string[] Tasks =
    [
        "video_edit",
        "video_extend",
        "upscale",
        "lip_sync",
        "text_to_speech",
        "sound_effect",
        "character_performance",
    ];

    /// <summary>Queues the change, with the recipe to follow where there is one.</summary>
    public static async Task<Answer> MakeAsync(
        ToolServices services,
        ToolCall call,
        Asset clip,
        string instruction,
        JsonArray steps,
        string quality,
        CancellationToken callCancelled)
    {
        var arguments = call.Arguments;
        var options = arguments.Object("options");
        var kind = await KindAsync(services, arguments, options, callCancelled);
        var references = await References.ImportAllAsync(services, call, "references", 9, MediaKind.Still, callCancelled);
        var audio = arguments.Has("audio") ? await References.ImportAsync(services, call, "audio", MediaKind.Audio, callCancelled) : null;
        RequireParts(kind, instruction, audio);
        var master = services.Recipes.MasterOf(clip);
        var isSound = kind is "text_to_speech" or "sound_effect";
        var request = new TransformRequest
        {
            Kind = kind,
            Clip = isSound ? null : master.Handle.ToString(),
            Prompt = instruction,
            References = [.. references.Select(r => r.Handle.ToString())],
            Audio = audio?.Handle.ToString(),
            DurationSeconds = Seconds(options, kind, clip),
            Resolution = Take(options, "resolution"),
            Quality = quality,
            Seed = arguments.Whole("seed", 0, uint.MaxValue),
            Options = options,
        };
        var route = await RouteChoice.ForAsync(services, arguments, services.Needs.FromRequest(request), callCancelled);
        var title = $"{ShortTitles.FromText(instruction, kind.Replace('_', ' '))} {ShortTitles.Ratio(clip.Size)}";
        var transform = JobSubmission.JobFor(
            "edit_clip",
            title,
            TransformRequest.JobKind,
            request,
            GenerationJson.Default.TransformRequest,
            route);
        transform = transform with { Warnings = [.. transform.Warnings, .. Advice(kind, instruction)] };
        var further = isSound ? Under(steps) : [.. clip.Recipe.Select(s => s!.DeepClone()), .. steps.Select(s => s!.DeepClone())];
        if (further.Count == 0)
        {
            return await services.Submission.MakeAsync(transform, call, callCancelled);
        }
        return await services.Submission.MakeChainAsync(
            transform,
            After(services, clip, further, isSound, quality, title),
            call,
            callCancelled);
    }

    // What is made is laid under the clip, before the steps of this call.
    private static JsonArray Under(JsonArray steps)
    {
        JsonNode sound = new JsonObject { ["op"] = "audio", ["audio"] = RecipeRequest.MadeBefore };
        return [sound, .. steps.Select(s => s!.DeepClone())];
    }

    private static NewJob After(ToolServices services, Asset clip, JsonArray steps, bool isSound, string quality, string title)
    {
        var own = new JsonArray([.. steps.Where(s => s!["audio"]?.ToString() != RecipeRequest.MadeBefore).Select(s => s!.DeepClone())]);
        services.Recipes.RequireFit(
            own,
            isSound
                ? services.Recipes.SourceOf(clip).Result()
                : new ClipShape(clip.Size, clip.Duration, clip.FramesPerSecond, clip.HasAudio));
        var request = new RecipeRequest
        {
            Clip = isSound ? clip.Handle.ToString() : null,
            Operations = steps,
            Operation = "edit",
            Quality = quality,
        };
        return JobSubmission.JobFor(
            "edit_clip",
            title,
            RecipeRequest.JobKind,
            request,
            GenerationJson.Default.RecipeRequest,
            services.Router.Choose(null, ModelNeed.Operations));
    }

    // options.task says it; else what the named model does.
    private static async Task<string> KindAsync(
        ToolServices services,
        ArgumentReader arguments,
        JsonObject options,
        CancellationToken callCancelled)
    {
        if (Take(options, "task") is { } task)
        {
            return Tasks.Contains(task)
                ? task
                : throw I2VException.Invalid("options.task",
                    $"options.task is \"{task}\"; one of {string.Join(", ", Tasks)} is allowed. Nothing was spent.");
        }
        if (arguments.Text("model") is not { } name)
        {
            return "video_edit";
        }
        await services.Models.LearnAsync(name, callCancelled);
        var kinds = services.Models.Named(name).SelectMany(m => m.Kinds).ToList();
        return kinds.Contains("video_edit") ? "video_edit" : kinds.FirstOrDefault(Tasks.Contains) ?? "video_edit";
    }

    private static void RequireParts(string kind, string instruction, Asset? audio)
    {
        if (instruction.Length == 0 && kind is "video_edit" or "video_extend" or "text_to_speech" or "sound_effect")
        {
            throw I2VException.Invalid("instruction", $"instruction is missing; {kind} needs it. Nothing was spent.");
        }
        if (kind == "lip_sync" && audio is null)
        {
            throw I2VException.Invalid("audio", "audio is missing; options.task lip_sync needs a voice to speak to. Nothing was spent.");
        }
        if (kind != "lip_sync" && audio is not null)
        {
            throw I2VException.Invalid("audio",
                "audio is only for options.task lip_sync; to lay a sound under the clip use the audio operation. Nothing was spent.");
        }
    }

    private static IEnumerable<string> Advice(string kind, string instruction)
    {
        if (kind == "video_edit" && instruction.Split([',', ';'], StringSplitOptions.RemoveEmptyEntries).Length > 3)
        {
            yield return "The instruction asks for several changes; one change per turn works better, and can be undone by itself.";
        }
    }

    private static double? Seconds(JsonObject options, string kind, Asset clip)
    {
        var text = Take(options, "duration_seconds");
        if (text is null)
        {
            return kind == "sound_effect" ? Math.Round(Math.Clamp(clip.Duration.TotalSeconds, 0.5, 22), 1) : null;
        }
        return double.TryParse(text, System.Globalization.CultureInfo.InvariantCulture, out var seconds) && seconds > 0
            ? seconds
            : throw I2VException.Invalid("options.duration_seconds",
                $"options.duration_seconds is \"{text}\"; a number of seconds is needed. Nothing was spent.");
    }

    private static string? Take(JsonObject options, string name)
    {
        var value = options[name]?.ToString();
        options.Remove(name);
        return value;
    }
}
