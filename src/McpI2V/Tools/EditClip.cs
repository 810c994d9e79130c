using System.Text.Json;
using McpI2V.Answers;
using McpI2V.Answers.Structured;
using McpI2V.Engine;
using McpI2V.Engine.Catalogue.Routing;
using McpI2V.Engine.Editing;
using McpI2V.Engine.Generation;
using McpI2V.Engine.Jobs;
using McpI2V.Engine.Library;
using McpI2V.Engine.Planning;
using McpI2V.Engine.Sound;
using McpI2V.Engine.Words;
using McpI2V.Media.Ffmpeg;
using McpI2V.Media.Formats;
using McpI2V.Tools.Arguments;
using McpI2V.Tools.Calls;

namespace McpI2V.Tools;

/// <summary>Edits a clip, one change per turn.</summary>
internal static class EditClip
{
    private const string Description =
        "Edits a clip: one change per turn, then look at the result. Operations are free and lossless: " +
        "every turn renders the master once. " +
        "Answers number its steps for replace, remove and move; to undo, edit the clip before. instruction costs; " +
        "its result is a new master under the same recipe. Cuts, text, speed, sound, size, ratio and colour are operations; captions " +
        "without cues hear the clip (paid). " +
        "options.task asks a model for more: video_extend (what happens next), upscale, lip_sync (with audio), " +
        "dubbing (options.language), character_performance (references: the character).";

    private static readonly Argument<string?> Clip = Argument.Reference("clip", "The clip to edit").Needed();

    private static readonly Argument<string?> Instruction = Argument.Text(
        "instruction",
        "One change, read by a model that edits video. What operations do is refused unpaid; " +
            "options.as_said sends it.",
        15_000);

    private static readonly Argument<IReadOnlyList<JsonElement>> Operations = OperationsArgument.WithGrammar(
        "Edits, each with times of the clip as the one before leaves it.");

    private static IReadOnlyList<IArgument> Arguments =>
    [
        Clip,
        Instruction,
        Operations,
        .. RecipeArguments.All,
        TransformArguments.References,
        TransformArguments.Audio,
        CommonArguments.Quality,
        .. CommonArguments.Spending,
    ];

    public static ToolDefinition Definition() => new()
    {
        Name = "edit_clip",
        Title = "Edit a clip",
        Description = Description,
        Effect = ToolEffect.Makes,
        Arguments = () => Arguments,
        AnswerSchema = AnswerSchemas.Work,
        Handler = CallAsync,
    };

    private static async Task<Answer> CallAsync(ToolServices services, ToolCall call, CancellationToken callCancelled)
    {
        var arguments = call.Arguments;
        var instruction = Instruction.Read(arguments)?.Trim() ?? "";
        var change = RecipeArguments.Read(arguments, Operations.Read(arguments));
        var task = CommonArguments.Options.Read(arguments)["task"]?.ToString();
        if (instruction.Length == 0 && task is null && change.IsEmpty)
        {
            throw I2VException.Invalid("operations", $"operations is missing; give at least one " +
                $"of {string.Join(", ", Media.Clips.Operations.OperationCatalogue.Names)}, or an instruction for a model that edits " +
                "video. Nothing was spent.");
        }
        var quality = CommonArguments.Quality.Read(arguments);
        var clip = await References.ImportAsync(services, call, Clip, MediaKind.Clip, callCancelled);
        var heard = await HeardAsync(services, call, clip, change, isForAModel: instruction.Length > 0 || task is not null, callCancelled);
        change = heard?.Change ?? change;
        var edited = await services.RecipeEdits.EditAsync(clip, change, await call.CallerAsync(callCancelled), callCancelled);
        var recipe = await services.BeatSteps.SettleAsync(clip, edited, callCancelled);
        if (!change.Rewrites)
        {
            services.Trims.Require(clip, recipe.Added);
        }
        if (heard is not null)
        {
            RequireNothingForAModel(arguments);
            return await RecipeAsync(services, call, clip, recipe, quality, heard, callCancelled);
        }
        if (instruction.Length == 0 && task is null)
        {
            RequireNothingForAModel(arguments, CommonArguments.Options);
        }
        var isAsSaid = CommonArguments.Options.Read(arguments)[EditWords.AsSaid]?.ToString() is "true" or "True";
        var foremost = instruction.Length > 0 && task is null && !isAsSaid
            ? services.Words.Edit.Judge(clip, instruction, recipe.Added, CommonArguments.Model.Read(arguments))
            : null;
        return foremost is null && (instruction.Length > 0 || task is not null)
            ? await TransformAsync(services, call, clip, instruction, recipe, quality, callCancelled)
            : await RecipeAsync(services, call, clip, recipe, quality, foremost, callCancelled);
    }

    private static async Task<HeardCaptions?> HeardAsync(
        ToolServices services,
        ToolCall call,
        Asset clip,
        RecipeChange change,
        bool isForAModel,
        CancellationToken callCancelled)
    {
        var arguments = call.Arguments;
        var order = new SpokenCaptionsOrder(
            clip,
            change,
            CommonArguments.Options.Read(arguments),
            CommonArguments.Model.Read(arguments),
            CommonArguments.MaxCostUsd.Read(arguments),
            CommonArguments.Fresh.Read(arguments));
        return isForAModel && change.Add.Any(Recipes.LacksCues)
            ? throw I2VException.Invalid("operations", "captions without cues go into a call of their own, after the model's change: " +
                "they caption what the clip speaks then. Nothing was spent.")
            : await services.Captions.PlanAsync(order, callCancelled);
    }

    // What is not known yet is heard by a job of its own first.
    private static async Task<Answer> RecipeAsync(
        ToolServices services,
        ToolCall call,
        Asset clip,
        EditedRecipe recipe,
        EncodeQuality quality,
        HeardCaptions heard,
        CancellationToken callCancelled)
    {
        var job = Job(services, clip, recipe, quality, services.Routes.ForOperations);
        job = job with { Warnings = [.. job.Warnings, .. heard.Note is { } note ? [note] : Array.Empty<string>()] };
        if (heard.Transcript is not { } transcript)
        {
            return await services.Submission.MakeAsync(job, call, callCancelled);
        }
        var request = (RecipeRequest)job.Request;
        request = request with { Operations = HeardCaptions.WithHeard(request.Operations) };
        return await services.Submission.MakeChainAsync(transcript, job with { Request = request }, call, callCancelled);
    }

    private static void RequireNothingForAModel(ArgumentReader arguments, params IReadOnlyList<IArgument> also)
    {
        IArgument[] forAModel = [.. also, CommonArguments.Seed, TransformArguments.References, TransformArguments.Audio];
        if (forAModel.FirstOrDefault(a => arguments.Has(a.Name)) is { } idle)
        {
            throw I2VException.Invalid(idle.Name, $"{idle.Name} is for a model that edits video, and this call has operations alone, " +
                "which would not read it. Leave it out, or add an instruction or options.task. Nothing was spent.");
        }
    }

    private static async Task<Answer> TransformAsync(
        ToolServices services,
        ToolCall call,
        Asset clip,
        string instruction,
        EditedRecipe recipe,
        EncodeQuality quality,
        CancellationToken callCancelled)
    {
        var arguments = call.Arguments;
        var references = await References.ImportAllAsync(services, call, TransformArguments.References, MediaKind.Still, callCancelled);
        var audio = TransformArguments.Audio.IsGiven(arguments)
            ? await References.ImportAsync(services, call, TransformArguments.Audio, MediaKind.Audio, callCancelled)
            : null;
        var order = new TransformOrder
        {
            Clip = clip,
            Instruction = instruction,
            Recipe = recipe,
            References = references,
            Audio = audio,
            Options = CommonArguments.Options.Read(arguments),
            Model = CommonArguments.Model.Read(arguments),
            MostUsd = CommonArguments.MaxCostUsd.Read(arguments),
            Quality = quality,
            Seed = CommonArguments.Seed.Read(arguments),
        };
        var (planned, after) = await services.Transforms.PlanAsync(order, callCancelled);
        var change = await services.Voices.ChosenAsync(planned, callCancelled);
        return after is null
            ? await services.Submission.MakeAsync(change, call, callCancelled)
            : await services.Submission.MakeChainAsync(change, after, call, callCancelled);
    }

    private static async Task<Answer> RecipeAsync(
        ToolServices services,
        ToolCall call,
        Asset clip,
        EditedRecipe recipe,
        EncodeQuality quality,
        string? foremost,
        CancellationToken callCancelled)
    {
        var route = foremost is null
            ? await References.RouteAsync(services, call, ModelNeed.Operations, callCancelled)
            : services.Routes.ForOperations;
        var master = services.Recipes.MasterOf(clip);
        if (recipe.Steps.Count == 0)
        {
            return await services.Answers.OfKnownAsync(
                master,
                $"No step is left, so this is {master.Handle} without edits; nothing had to be rendered.",
                callCancelled);
        }
        var job = Job(services, clip, recipe, quality, route) with { Foremost = foremost is null ? [] : [foremost] };
        return await services.Submission.MakeAsync(job, call, callCancelled);
    }

    private static NewJob Job(ToolServices services, Asset clip, EditedRecipe recipe, EncodeQuality quality, Route route)
    {
        var shape = services.Recipes.SourceOfWhole(clip, recipe.Steps).Result();
        var steps = recipe.Further ?? recipe.Steps;
        var request = new RecipeRequest
        {
            Clip = clip.Handle.ToString(),
            Operations = steps,
            IsWhole = recipe.Further is null ? true : null,
            Operation = "edit",
            Quality = quality,
        };
        var title = RecipeTitles.Of(services.Recipes.MasterOf(clip).Title, steps, shape.Size);
        var job = NewJob.For("edit_clip", title, request, route);
        return job with { Warnings = [.. job.Warnings, .. recipe.Notes] };
    }
}
