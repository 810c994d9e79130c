using McpI2V.Answers;
using McpI2V.Engine;
using McpI2V.Engine.Catalogue;
using McpI2V.Engine.Editing;
using McpI2V.Engine.Generation;
using McpI2V.Media;
using McpI2V.Media.Ffmpeg;
using McpI2V.Media.Probing;

namespace McpI2V.Tools;

/// <summary>Edits a clip, one change per turn.</summary>
internal static class EditClip
{
    private const string Description =
        "Edits a clip: make one change per turn and look at the result. Typed operations are free and lossless over many turns: they form a recipe, and every turn renders the master with the whole recipe once. " +
        "To undo, edit the clip that came before (its parent). instruction (plain language) needs a model that edits video; express cuts, text, speed, sound, ratio and colour as operations. Answers with a new clip; the old one stays.";

    private static readonly (string, System.Text.Json.Nodes.JsonObject)[] Members =
    [
        ("clip", ArgumentSchemas.Reference("The clip to edit")),
        ("instruction", Schema.Text("One change in plain language, for a model that edits video.")),
        ("operations", ArgumentSchemas.Operations("Typed local edits, in order.")),
        ("quality", Schema.Choice<EncodeQuality>("draft to look at, standard, best for a final.")),
        .. ArgumentSchemas.Spending,
    ];

    public static ToolFace Face() => new(
        "edit_clip",
        () => ToolDescription.Making("edit_clip", "Edit a clip", Description, Schema.Object(["clip"], Members)),
        CallAsync);

    private static async Task<Answer> CallAsync(ToolRooms rooms, ToolCall call, CancellationToken callCancelled)
    {
        var arguments = call.Arguments;
        arguments.RequireAllRead(Members.Select(m => m.Item1));
        var instruction = arguments.Text("instruction", 4000);
        var operations = arguments.Items("operations", 50);
        if (!string.IsNullOrWhiteSpace(instruction))
        {
            throw new I2VException(
                ErrorCode.UnsupportedByModel,
                $"instruction needs a model that edits video, and none is configured. {ModelCatalogue.HowToGetMore} For cuts, speed, text, sound, ratio, colour and fades pass operations instead: {string.Join(", ", Media.Clips.OperationCatalogue.Names)}. Nothing was spent.",
                "instruction");
        }
        if (operations.Count == 0)
        {
            throw I2VException.Invalid("operations", $"operations is missing; give at least one of {string.Join(", ", Media.Clips.OperationCatalogue.Names)}. Nothing was spent.");
        }
        var quality = arguments.Choice<EncodeQuality>("quality") ?? EncodeQuality.Standard;
        var model = rooms.Models.Choose("video_operations", arguments.Text("model"));
        var clip = await References.ImportAsync(rooms, call, "clip", MediaKind.Clip, callCancelled);
        var steps = await rooms.Recipes.BindAsync(operations, "operations", await call.Roots(callCancelled), callCancelled);
        var shape = rooms.Recipes.SourceOf(clip, steps).Result();
        var request = new RecipeRequest
        {
            Clip = clip.Handle.ToString(),
            Operations = steps,
            Operation = "edit",
            Quality = Spelling.Of(quality),
        };
        var title = $"{RecipeTitles.Of(steps)} {Titles.Ratio(shape.Size)}";
        return await rooms.Desk.MakeAsync(JobDesk.JobFor("edit_clip", title, RecipeRequest.JobKind, request, GenerationJson.Default.RecipeRequest, model, shape.Duration.TotalSeconds), call, callCancelled);
    }
}
