using System.Text.Json.Nodes;
using McpI2V.Answers;
using McpI2V.Engine;
using McpI2V.Engine.Catalogue;
using McpI2V.Engine.Catalogue.Routing;
using McpI2V.Engine.Generation;
using McpI2V.Engine.Jobs;
using McpI2V.Engine.Library;
using McpI2V.Media;
using McpI2V.Media.Clips;
using McpI2V.Media.Ffmpeg;
using McpI2V.Media.Formats;
using McpI2V.Tools.Arguments;
using McpI2V.Tools.Calls;

namespace McpI2V.Tools.Planning;

/// <summary>A clip changed by a model: the model gets the master, and the recipe is carried over to what it makes.</summary>
internal static class ClipTransform
{
    private static readonly Capability[] Tasks =
    [
        Capability.VideoEdit,
        Capability.VideoExtend,
        Capability.Upscale,
        Capability.LipSync,
        Capability.TextToSpeech,
        Capability.SoundEffect,
        Capability.CharacterPerformance,
    ];

    /// <summary>Queues the change, with the recipe to follow where there is one.</summary>
    public static async Task<Answer> MakeAsync(
        ToolServices services,
        ToolCall call,
        Asset clip,
        string instruction,
        JsonArray steps,
        EncodeQuality quality,
        CancellationToken callCancelled)
    {
        var arguments = call.Arguments;
        var options = arguments.Object("options");
        var task = await TaskAsync(services, arguments, options, callCancelled);
        var references = await References.ImportAllAsync(services, call, "references", 9, MediaKind.Still, callCancelled);
        var audio = arguments.Has("audio") ? await References.ImportAsync(services, call, "audio", MediaKind.Audio, callCancelled) : null;
        RequireParts(task, instruction, audio);
        var master = services.Recipes.MasterOf(clip);
        var isSound = task.Makes() == MediaKind.Audio;
        var request = new TransformRequest
        {
            Capability = task,
            Clip = isSound ? null : master.Handle.ToString(),
            Prompt = instruction,
            References = [.. references.Select(r => r.Handle.ToString())],
            Audio = audio?.Handle.ToString(),
            DurationSeconds = Seconds(options, task, clip),
            Resolution = Take(options, "resolution"),
            Quality = quality,
            Seed = arguments.Whole("seed", 0, uint.MaxValue),
            Options = options,
        };
        var route = await RouteChoice.ForAsync(services, arguments, request.Need(services.Library), callCancelled);
        var title = $"{ShortTitles.FromText(instruction, SnakeCase.From(task).Replace('_', ' '))} {ShortTitles.Ratio(clip.Size)}";
        var transform = JobSubmission.JobFor(
            "edit_clip",
            title,
            request,
            route);
        transform = transform with { Warnings = [.. transform.Warnings, .. Advice(task, instruction)] };
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

    private static NewJob After(ToolServices services, Asset clip, JsonArray steps, bool isSound, EncodeQuality quality, string title)
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
            request,
            services.Router.Choose(null, ModelNeed.Operations));
    }

    // options.task says it; else what the named model does.
    private static async Task<Capability> TaskAsync(
        ToolServices services,
        ArgumentReader arguments,
        JsonObject options,
        CancellationToken callCancelled)
    {
        if (Take(options, "task") is { } asked)
        {
            return SnakeCase.Parse<Capability>(asked) is { } task && Tasks.Contains(task)
                ? task
                : throw I2VException.Invalid("options.task",
                    $"options.task is \"{asked}\"; one of {string.Join(", ", Tasks.Select(SnakeCase.From))} is allowed. " +
                        "Nothing was spent.");
        }
        if (arguments.Text("model") is not { } name)
        {
            return Capability.VideoEdit;
        }
        await services.Models.LearnAsync(name, callCancelled);
        var able = services.Models.Named(name).SelectMany(m => m.Capabilities).Where(Tasks.Contains).ToList();
        return able.Count == 0 || able.Contains(Capability.VideoEdit) ? Capability.VideoEdit : able[0];
    }

    private static void RequireParts(Capability task, string instruction, Asset? audio)
    {
        if (instruction.Length == 0
            && task is Capability.VideoEdit or Capability.VideoExtend or Capability.TextToSpeech or Capability.SoundEffect)
        {
            throw I2VException.Invalid("instruction", $"instruction is missing; {SnakeCase.From(task)} needs it. Nothing was spent.");
        }
        if (task == Capability.LipSync && audio is null)
        {
            throw I2VException.Invalid("audio", "audio is missing; options.task lip_sync needs a voice to speak to. Nothing was spent.");
        }
        if (task != Capability.LipSync && audio is not null)
        {
            throw I2VException.Invalid("audio",
                "audio is only for options.task lip_sync; to lay a sound under the clip use the audio operation. Nothing was spent.");
        }
    }

    private static IEnumerable<string> Advice(Capability task, string instruction)
    {
        if (task == Capability.VideoEdit && instruction.Split([',', ';'], StringSplitOptions.RemoveEmptyEntries).Length > 3)
        {
            yield return "The instruction asks for several changes; one change per turn works better, and can be undone by itself.";
        }
    }

    private static double? Seconds(JsonObject options, Capability task, Asset clip)
    {
        var text = Take(options, "duration_seconds");
        if (text is null)
        {
            return task == Capability.SoundEffect ? Math.Round(Math.Clamp(clip.Duration.TotalSeconds, 0.5, 22), 1) : null;
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
