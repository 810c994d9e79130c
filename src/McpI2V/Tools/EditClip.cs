using System.Text.Json.Nodes;
using McpI2V.Answers;
using McpI2V.Engine;
using McpI2V.Engine.Catalogue.Routing;
using McpI2V.Engine.Generation;
using McpI2V.Engine.Library;
using McpI2V.Media.Ffmpeg;
using McpI2V.Media.Formats;
using McpI2V.Tools.Arguments;
using McpI2V.Tools.Calls;
using McpI2V.Tools.Planning;

namespace McpI2V.Tools;

/// <summary>Edits a clip, one change per turn.</summary>
internal static class EditClip
{
    private const string Description =
        "Edits a clip: make one change per turn and look at the result. Typed operations are free and lossless over many turns: " +
        "they form a recipe, and every turn renders the master with the whole recipe once. " +
        "To undo, edit the clip that came before (its parent). instruction (plain language) goes to a model that edits video and costs; " +
        "its result is a new master under the same recipe. Express cuts, text, speed, sound, ratio and colour as operations. " +
        "options.task asks a model for something else than an edit: video_extend (what happens next), upscale, lip_sync (with audio), " +
        "text_to_speech or sound_effect (laid under the clip), character_performance (references: the character). " +
        "Answers with a new clip; the old one stays.";

    private static readonly (string, JsonObject)[] Members =
    [
        ("clip", ArgumentSchemas.Reference("The clip to edit")),
        ("instruction", Schema.Text(
            "One change in plain language, for a model that edits video; or the words to speak, the sound to make.")),
        ("operations", ArgumentSchemas.Operations("Typed local edits, in order.")),
        ("references", ArgumentSchemas.References("Stills that show what the instruction means", 9)),
        ("audio", ArgumentSchemas.Reference("A voice for options.task lip_sync")),
        ("quality", Schema.Choice<EncodeQuality>("draft to look at, standard, best for a final.")),
        .. ArgumentSchemas.Spending,
    ];

    public static ToolDefinition Definition() => new(
        "edit_clip",
        () => ToolDescription.Making("edit_clip", "Edit a clip", Description, Schema.Object(["clip"], Members)),
        CallAsync) { MakesWork = true };

    private static async Task<Answer> CallAsync(ToolServices services, ToolCall call, CancellationToken callCancelled)
    {
        var arguments = call.Arguments;
        arguments.RequireAllRead(Members.Select(m => m.Item1));
        var instruction = arguments.Text("instruction", 15_000)?.Trim() ?? "";
        var operations = arguments.Items("operations", 50);
        var task = arguments.Object("options")["task"]?.ToString();
        if (instruction.Length == 0 && task is null && operations.Count == 0)
        {
            throw I2VException.Invalid("operations", $"operations is missing; give at least one " +
                $"of {string.Join(", ", Media.Clips.Operations.OperationCatalogue.Names)}, or an instruction for a model that edits " +
                "video. Nothing was spent.");
        }
        var quality = arguments.Choice<EncodeQuality>("quality") ?? EncodeQuality.Standard;
        var clip = await References.ImportAsync(services, call, "clip", MediaKind.Clip, callCancelled);
        var steps = await services.Recipes.BindAsync(operations, "operations", await call.Roots(callCancelled), callCancelled);
        return instruction.Length > 0 || task is not null
            ? await ClipTransform.MakeAsync(services, call, clip, instruction, steps, quality, callCancelled)
            : await RecipeAsync(services, call, clip, steps, quality, callCancelled);
    }

    private static async Task<Answer> RecipeAsync(
        ToolServices services,
        ToolCall call,
        Asset clip,
        JsonArray steps,
        EncodeQuality quality,
        CancellationToken callCancelled)
    {
        var route = await RouteChoice.ForAsync(services, call.Arguments, ModelNeed.Operations, callCancelled);
        var shape = services.Recipes.SourceOf(clip, steps).Result();
        var request = new RecipeRequest
        {
            Clip = clip.Handle.ToString(),
            Operations = steps,
            Operation = "edit",
            Quality = quality,
        };
        var title = $"{RecipeTitles.FromSteps(steps)} {ShortTitles.Ratio(shape.Size)}";
        return await services.Submission.MakeAsync(
            JobSubmission.JobFor("edit_clip", title, request, route),
            call,
            callCancelled);
    }
}
