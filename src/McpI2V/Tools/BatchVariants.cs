using System.Text.Json;
using System.Text.Json.Nodes;
using McpI2V.Answers;
using McpI2V.Answers.Structured;
using McpI2V.Engine;
using McpI2V.Engine.Batches;
using McpI2V.Engine.Planning;
using McpI2V.Engine.Sound;
using McpI2V.Media;
using McpI2V.Media.Formats;
using McpI2V.Tools.Arguments;
using McpI2V.Tools.Calls;

namespace McpI2V.Tools;

/// <summary>Fans stills out into many variants.</summary>
internal static class BatchVariants
{
    private const int UsualLimit = 100;

    private const string Description =
        "Makes 2 to 200 ad variants from one matrix: images x prompts x cameras or presets x aspect ratios x hooks x sounds x takes. " +
        "Variants that differ only in text, sound or operations share one master clip, so nothing is generated or paid twice. " +
        "Runs in the background: a named file a variant, a contact sheet at the end. " +
        "dry_run tells how many and what they cost.";

    private static readonly Argument<string?> Name = Argument.Text("name", "What to call the batch.", 120);

    private static readonly Argument<IReadOnlyList<string>> Images = Argument.References("images", "The stills", 50);

    private static readonly Argument<IReadOnlyList<string>> Sounds = Argument.References("audio", "Sounds laid under the clip", 20);

    private static readonly Argument<string?> Combine = Argument.Word(
        "combine",
        "product (default): every combination. zip: first with first, second with second.",
        ["product", "zip"]);

    private static readonly Argument<long?> Limit = Argument.Whole(
        "limit",
        "At most this many, spread over all; 100 unless given.",
        1,
        BatchMatrix.MostVariants);

    private static readonly Argument<IReadOnlyList<JsonElement>> Operations = OperationsArgument.AsInEditClip("Edits of every variant.");

    private static IReadOnlyList<IArgument> Arguments => [Name, KeptBatch.From, .. Kept, .. CommonArguments.Paying];

    private static IReadOnlyList<IArgument> Kept =>
    [
        Images,
        .. VariantArguments.Axes,
        Sounds,
        Combine,
        Limit,
        Operations,
        ShotArguments.Duration,
        CommonArguments.ShortSide,
        CommonArguments.Quality,
        CommonArguments.References,
        CommonArguments.Elements,
        CommonArguments.Seed,
        CommonArguments.Options,
    ];

    public static ToolDefinition Definition() => new()
    {
        Name = "batch_variants",
        Title = "Make variants",
        Description = Description,
        Effect = ToolEffect.Makes,
        Arguments = () => Arguments,
        AnswerSchema = AnswerSchemas.Work,
        Handler = CallAsync,
    };

    private static async Task<Answer> CallAsync(ToolServices services, ToolCall own, CancellationToken callCancelled)
    {
        var (call, from, made) = await KeptBatch.OpenAsync(services, own, callCancelled);
        var arguments = call.Arguments;
        var name = Name.Read(arguments) ?? (from is null ? "variants" : KeptBatch.NameOf(from));
        var limit = (int)(Limit.Read(arguments) ?? UsualLimit);
        var combine = Combine.Read(arguments) ?? "product";
        var images = await References.ImportAllAsync(services, call, Images, MediaKind.Still, callCancelled);
        if (images.Count == 0)
        {
            throw I2VException.Invalid("images", "images is missing; give at least one still, or from, a batch whose stills are kept. " +
                "Nothing was spent.");
        }
        foreach (var model in VariantArguments.Models.Read(arguments))
        {
            await services.Models.LearnAsync(model, callCancelled);
        }
        var options = CommonArguments.Options.Read(arguments);
        var matrix = new VariantMatrix
        {
            Images = images,
            Prompts = VariantArguments.Prompts.Read(arguments),
            Motions =
            [
                .. VariantArguments.Presets.Read(arguments)
                    .Select(p => services.Presets.Get(p, "presets"))
                    .Select(p => (p.Name, CameraArgument.FromPreset(p), p.Prompt)),
                .. VariantArguments.Cameras.Read(arguments).Select(c => (SnakeCase.From(c.Move), c, "")),
            ],
            Ratios = VariantArguments.Ratios.Read(arguments),
            Models = VariantArguments.Models.Read(arguments),
            Texts = VariantArguments.TextSteps(arguments),
            Takes = (int)(VariantArguments.Takes.Read(arguments) ?? 1),
            References =
            [
                .. await References.ImportAllAsync(services, call, CommonArguments.References, MediaKind.Still, callCancelled),
                .. References.Elements(services, arguments),
            ],
            Elements = References.ElementNames(services, arguments),
            Subjects = References.Subjects(services, arguments),
            Sounds = await References.ImportAllAsync(services, call, Sounds, kind: null, callCancelled),
            Operations = await services.Recipes.BindAsync(
                Operations.Read(arguments),
                "operations",
                await call.CallerAsync(callCancelled),
                callCancelled),
            Options = options,
            DurationSeconds = ShotArguments.Duration.Read(arguments),
            Resolution = CommonArguments.ShortSide.Read(arguments),
            Quality = CommonArguments.Quality.Read(arguments),
            Seed = CommonArguments.Seed.Read(arguments),
        };
        BeatSteps.Refuse(matrix.Operations, "operations");
        await References.BindOptionAsync(services, call, options, "backdrop", callCancelled);
        var axes = matrix.Axes();
        var all = combine == "zip" ? BatchMatrix.Zip(axes).ToList() : Product(axes);
        var variants = BatchMatrix.Limit(all, limit);
        var jobs = services.Variants.Plan(matrix, variants, made);
        JsonObject said = new() { ["combine"] = combine, ["variants"] = variants.Count, ["of"] = all.Count };
        foreach (var axis in axes)
        {
            said[axis.Name] = TextList.ToJson(axis.Values);
        }
        var request = KeptBatch.Keep(arguments, Kept, matrix);
        return await services.Submission.MakeBatchAsync(name, said.ToJsonString(), jobs, call, callCancelled, request);
    }

    private static List<int[]> Product(IReadOnlyList<BatchAxis> axes)
    {
        var count = axes.Aggregate(1L, (product, axis) => product * axis.Values.Count);
        return count <= 100_000
            ? [.. BatchMatrix.Product(axes)]
            : throw I2VException.Invalid("combine",
                $"combine: the lists have {count} combinations, and at most 100000 are looked through. Shorten a list, or say " +
                    "combine zip. Nothing was spent.");
    }
}
