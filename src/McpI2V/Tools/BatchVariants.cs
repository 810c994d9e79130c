using System.Text.Json.Nodes;
using McpI2V.Answers;
using McpI2V.Engine;
using McpI2V.Engine.Batches;
using McpI2V.Media.Ffmpeg;
using McpI2V.Media.Formats;
using McpI2V.Tools.Arguments;
using McpI2V.Tools.Calls;
using McpI2V.Tools.Planning;

namespace McpI2V.Tools;

/// <summary>Fans stills out into many variants.</summary>
internal static class BatchVariants
{
    private const int UsualLimit = 100;

    private const string Description =
        "Makes 2 to 200 ad variants from one matrix: images x prompts x cameras or presets x aspect ratios x hooks x sounds x takes. " +
        "combine product makes every combination, zip pairs them. " +
        "Variants that differ only in text, sound or operations share one master clip, so nothing is generated or paid twice. " +
        "Runs in the background, one file a variant with a readable name, and a contact sheet at the end. " +
        "Say dry_run first to see how many and what they cost.";

    private static readonly (string, JsonObject)[] Members =
    [
        ("name", Schema.Text("What to call the batch.")),
        ("images", ArgumentSchemas.References("The stills", 50)),
        ("prompts", Schema.List("Motion prompts.", Schema.Text("What moves and how the camera moves."), 20)),
        ("presets", Schema.List("Named motions.", Schema.Text("A preset's name."), 20)),
        ("cameras", Schema.List(
            "Camera moves: objects with move, strength and easing, or just the move's name.",
            new JsonObject { ["anyOf"] = new JsonArray(new JsonObject { ["type"] = "string" }, ArgumentSchemas.Camera("A camera.")) },
            20)),
        ("aspect_ratios", Schema.List("Ratios; the still's own unless given.", ArgumentSchemas.AspectRatio("A ratio."), 9)),
        ("models", Schema.List("Models; auto unless given.", Schema.Text("Id or alias."), 10)),
        ("texts", Schema.List(
            "Hooks or calls to action laid over the clip: texts, or objects of the text operation's members.",
            new JsonObject { ["anyOf"] = new JsonArray(
                new JsonObject { ["type"] = "string" },
                Schema.Open("text, position, style, start_seconds, end_seconds")) },
            50)),
        ("audio", ArgumentSchemas.References("Sounds laid under the clip", 20)),
        ("takes", Schema.Whole("Takes of each, with different seeds.", 1, 10)),
        ("combine", Schema.Choice("product: every combination. zip: first with first, second with second.", ["product", "zip"])),
        ("limit", Schema.Whole("At most this many variants, spread over all; 100 unless given.", 1, BatchMatrix.MostVariants)),
        ("operations", ArgumentSchemas.OperationsAsInEditClip("Typed edits of every variant.")),
        ("duration_seconds", Schema.Number("Length of each; 5 unless given.", 0.1, 600)),
        ("resolution", Schema.Choice("Short side; 1080p unless given.", Media.Geometry.Resolution.All.Select(r => r.ToString()))),
        ("quality", Schema.Choice<EncodeQuality>("draft to look at, standard, best for finals.")),
        ("references", ArgumentSchemas.References("Stills of the subject; for parallax the cut-out", 8)),
        ("elements", Schema.List(
            "Names of saved elements whose pictures are added to references.",
            Schema.Text("A name from save_element."),
            8)),
        .. ArgumentSchemas.Spending.Where(m => m.Item1 != "model"),
    ];

    public static ToolDefinition Definition() => new(
        "batch_variants",
        () => ToolDescription.Making("batch_variants", "Make variants", Description, Schema.Object(["images"], Members)),
        CallAsync) { MakesWork = true };

    private static async Task<Answer> CallAsync(ToolServices services, ToolCall call, CancellationToken callCancelled)
    {
        var arguments = call.Arguments;
        arguments.RequireAllRead(Members.Select(m => m.Item1));
        var name = arguments.Text("name", 120) ?? "variants";
        var limit = (int)(arguments.Whole("limit", 1, BatchMatrix.MostVariants) ?? UsualLimit);
        var combine = arguments.Text("combine") ?? "product";
        if (combine is not ("product" or "zip"))
        {
            throw I2VException.Invalid("combine", $"combine is \"{combine}\"; product or zip is allowed. Nothing was spent.");
        }
        var images = await References.ImportAllAsync(services, call, "images", 50, MediaKind.Still, callCancelled);
        if (images.Count == 0)
        {
            throw I2VException.Invalid("images", "images is missing; give at least one still. Nothing was spent.");
        }
        foreach (var model in arguments.Texts("models", 10))
        {
            await services.Models.LearnAsync(model, callCancelled);
        }
        var plan = new VariantPlan(services, arguments)
        {
            Images = images,
            References =
            [
                .. await References.ImportAllAsync(services, call, "references", 8, MediaKind.Still, callCancelled),
                .. References.Elements(services, arguments),
            ],
            Sounds = await References.ImportAllAsync(services, call, "audio", 20, kind: null, callCancelled),
            Operations = await services.Recipes.BindAsync(
                arguments.Items("operations", 50),
                "operations",
                await call.Roots(callCancelled),
                callCancelled),
            Options = arguments.Object("options"),
        };
        await References.BindOptionAsync(services, call, plan.Options, "backdrop", callCancelled);
        var axes = plan.Axes();
        var all = combine == "zip" ? BatchMatrix.Zip(axes).ToList() : Product(axes);
        var variants = BatchMatrix.Limit(all, limit);
        var jobs = plan.Jobs(variants);
        JsonObject matrix = new() { ["combine"] = combine, ["variants"] = variants.Count, ["of"] = all.Count };
        foreach (var axis in axes)
        {
            matrix[axis.Name] = AssetView.Texts(axis.Values);
        }
        return await services.Submission.MakeBatchAsync(name, matrix.ToJsonString(), jobs, call, callCancelled);
    }

    private static List<int[]> Product(IReadOnlyList<BatchAxis> axes)
    {
        var count = axes.Aggregate(1L, (product, axis) => product * axis.Values.Count);
        return count <= 100_000
            ? [.. BatchMatrix.Product(axes)]
            : throw I2VException.Invalid("combine",
                $"the matrix has {count} combinations; make it smaller, or use zip. Nothing was spent.");
    }
}
