using System.Text.Json.Nodes;
using McpI2V.Engine.Catalogue;
using McpI2V.Engine.Editing;
using McpI2V.Engine.Generation;
using McpI2V.Engine.Jobs;
using McpI2V.Engine.Library;
using McpI2V.Engine.Words;
using McpI2V.Media;
using McpI2V.Media.Clips;
using McpI2V.Media.Formats;

namespace McpI2V.Engine.Planning;

/// <summary>A clip changed by a model: the model gets the master, and the recipe is carried over to what it makes.</summary>
public sealed class TransformPlanner(ModelCatalogue models, RoutePlanner routes, MediaLibrary library, Recipes recipes)
{
    private static readonly Capability[] Tasks =
    [
        Capability.VideoEdit,
        Capability.VideoExtend,
        Capability.Upscale,
        Capability.LipSync,
        Capability.TextToSpeech,
        Capability.SoundEffect,
        Capability.Music,
        Capability.Dubbing,
        Capability.CharacterPerformance,
    ];

    private const string LipsStay =
        "Only the sound is dubbed: lips move as they did, so a face close to the camera is seen to say something else. options.task " +
            "lip_sync with the dubbed sound moves them, at its own price.";

    private static readonly Capability[] NeedWords =
        [Capability.VideoEdit, Capability.VideoExtend, Capability.TextToSpeech, Capability.SoundEffect, Capability.Music];

    /// <summary>The change, and the recipe that follows it; null: none does.</summary>
    /// <exception cref="I2VException">No model can do it, or something that it needs is missing.</exception>
    public async Task<(NewJob Change, NewJob? Recipe)> PlanAsync(TransformOrder order, CancellationToken callCancelled)
    {
        var (clip, instruction, options) = (order.Clip, order.Instruction, order.Options.DeepClone().AsObject());
        options.Remove(EditWords.AsSaid);
        var task = await TaskAsync(order.Model, options, callCancelled);
        RequireParts(task, instruction, order.Audio);
        var language = task == Capability.Dubbing ? LanguageFor(order.Clip, instruction, options) : null;
        var isSound = task.Makes() == MediaKind.Audio;
        if (isSound && order.References.Count > 0)
        {
            throw I2VException.Invalid("references",
                $"references are for a model that edits video; {SnakeCase.From(task)} reads words alone. Leave them out. " +
                    "Nothing was spent.");
        }
        GenerationRequest request = isSound ? Sound(order, task, language, options) : Change(order, task, options);
        var route = await routes.ForAsync(order.Model, request.Need(library), order.MostUsd, callCancelled);
        if (request is AudioRequest words && !route.Model.Needs.Contains("clip") && !task.HearsAlone())
        {
            request = words with { Clip = null };
        }
        var said = language is null ? SnakeCase.From(task).Replace('_', ' ') : $"dubbing {language}";
        var title = $"{ShortTitles.FromText(instruction, said)} {ShortTitles.Ratio(clip.Size)}";
        var change = NewJob.For("edit_clip", title, request, route);
        change = change with
        {
            Warnings =
            [
                .. change.Warnings,
                .. order.Recipe.Notes,
                .. task == Capability.Dubbing ? [LipsStay] : Array.Empty<string>(),
                .. task == Capability.VideoEdit ? EditAdvice.For(instruction, clip, library) : [],
            ],
        };
        if (isSound)
        {
            return (change, Under(order, title, isInstead: task == Capability.Dubbing));
        }
        return (change, order.Recipe.Steps.Count == 0 ? null : After(order, title));
    }

    private TransformRequest Change(TransformOrder order, Capability task, JsonObject options) => new()
    {
        Capability = task,
        Clip = recipes.MasterOf(order.Clip).Handle.ToString(),
        Prompt = order.Instruction,
        References = [.. order.References.Select(r => r.Handle.ToString())],
        Audio = order.Audio?.Handle.ToString(),
        DurationSeconds = Seconds(options, task, order.Clip),
        Resolution = Take(options, "resolution"),
        Quality = order.Quality,
        Seed = order.Seed,
        Options = options,
        Before = order.Clip.Handle.ToString(),
    };

    private static AudioRequest Sound(TransformOrder order, Capability task, string? language, JsonObject options) => new()
    {
        Capability = task,
        Clip = task == Capability.Music || task.HearsAlone() ? order.Clip.Handle.ToString() : null,
        Text = order.Instruction,
        Language = language,
        DurationSeconds = Seconds(options, task, order.Clip),
        Quality = order.Quality,
        Seed = order.Seed,
        Options = options,
    };

    // What is made is laid under the clip, or takes the place of its sound, before the steps of this call; where its own steps were
    // changed, after all of them.
    private NewJob Under(TransformOrder order, string title, bool isInstead)
    {
        JsonNode laid = new JsonObject { ["op"] = "audio", ["audio"] = RecipeRequest.MadeBefore };
        JsonNode[] sound = isInstead ? [new JsonObject { ["op"] = "mute" }, laid] : [laid];
        JsonArray steps = order.Recipe.Further is { } further
            ? [.. sound, .. further.Select(s => s!.DeepClone())]
            : [.. order.Recipe.Steps.Select(s => s!.DeepClone()), .. sound];
        var request = new RecipeRequest
        {
            Clip = order.Clip.Handle.ToString(),
            Operations = steps,
            IsWhole = order.Recipe.Further is null ? true : null,
            Operation = "edit",
            Quality = order.Quality,
        };
        return NewJob.For("edit_clip", title, request, routes.ForOperations);
    }

    // The recipe was tried on the clip's own master, which is as long as what is made of it.
    private NewJob After(TransformOrder order, string title)
    {
        var request = new RecipeRequest
        {
            Operations = order.Recipe.Steps.DeepClone().AsArray(),
            Operation = "edit",
            Quality = order.Quality,
            Before = order.Clip.Handle.ToString(),
        };
        return NewJob.For("edit_clip", title, request, routes.ForOperations);
    }

    // options.task says it; else what the named model does.
    private async Task<Capability> TaskAsync(string? model, JsonObject options, CancellationToken callCancelled)
    {
        if (Take(options, "task") is { } asked)
        {
            return SnakeCase.Parse<Capability>(asked) is { } task && Tasks.Contains(task)
                ? task
                : throw I2VException.Invalid("options.task",
                    $"options.task is {ForeignText.Quote(asked, 40)}; one of {string.Join(", ", Tasks.Select(SnakeCase.From))} is " +
                        "allowed. Nothing was spent.");
        }
        if (model is null)
        {
            return Capability.VideoEdit;
        }
        await models.LearnAsync(model, callCancelled);
        var able = models.Named(model).SelectMany(m => m.Capabilities).Where(Tasks.Contains).ToList();
        return able.Count == 0 || able.Contains(Capability.VideoEdit) ? Capability.VideoEdit : able[0];
    }

    private static void RequireParts(Capability task, string instruction, Asset? audio)
    {
        if (instruction.Length == 0 && NeedWords.Contains(task))
        {
            throw I2VException.Invalid("instruction", $"instruction is missing; {SnakeCase.From(task)} needs words that say what to do. " +
                "Nothing was spent.");
        }
        if (task == Capability.LipSync && audio is null)
        {
            throw I2VException.Invalid(
                "audio",
                "audio is missing; options.task lip_sync needs a voice to speak to: give a recording's handle, path or https URL, " +
                    "or make one by generate_audio with kind voice. Nothing was spent.");
        }
        if (task != Capability.LipSync && audio is not null)
        {
            throw I2VException.Invalid("audio",
                "audio is only for options.task lip_sync; to lay a sound under the clip use the audio operation. Nothing was spent.");
        }
    }

    private static string LanguageFor(Asset clip, string instruction, JsonObject options)
    {
        if (!clip.HasAudio)
        {
            throw I2VException.Invalid("clip", $"{clip.Handle} has no sound, so nothing is spoken in it that could be dubbed. " +
                "Nothing was spent.");
        }
        if (instruction.Length > 0)
        {
            throw I2VException.Invalid("instruction", "options.task dubbing says what the clip says in another language, and reads no " +
                "instruction. Leave it out; other words are spoken by options.task text_to_speech. Nothing was spent.");
        }
        return SpokenLanguage.Take(options) ?? throw I2VException.Invalid("options.language", "options.language is missing; " +
            "options.task dubbing needs the code of the language to speak, such as es, de or ja. Nothing was spent.");
    }

    private static double? Seconds(JsonObject options, Capability task, Asset clip)
    {
        var text = Take(options, "duration_seconds");
        if (text is null)
        {
            return task switch
            {
                Capability.SoundEffect => Math.Round(Math.Clamp(clip.Duration.TotalSeconds, 0.5, 22), 1),
                Capability.Music => Math.Round(Math.Clamp(clip.Duration.TotalSeconds, 3, 600), 1),
                _ => null,
            };
        }
        return double.TryParse(text, System.Globalization.CultureInfo.InvariantCulture, out var seconds) && seconds > 0
            ? seconds
            : throw I2VException.Invalid("options.duration_seconds",
                $"options.duration_seconds is {ForeignText.Quote(text, 40)}; a number of seconds above 0 is needed. Nothing was spent.");
    }

    private static string? Take(JsonObject options, string name)
    {
        var value = options[name]?.ToString();
        options.Remove(name);
        return value;
    }
}
