using System.Text.Json;
using System.Text.Json.Nodes;
using McpI2V.Engine;
using McpI2V.Engine.Batches;
using McpI2V.Engine.Library;
using McpI2V.Engine.Planning;
using McpI2V.Media;
using McpI2V.Tools.Arguments;

namespace McpI2V.Tools.Calls;

/// <summary>What a batch was asked for with, kept so that the next says only what is to be different.</summary>
internal static class KeptBatch
{
    private const string Tool = "batch_variants";
    private const string Again = ", from ";
    // Both are values of one axis.
    private static readonly string[] Moves = ["presets", "cameras"];

    /// <summary>The batch whose arguments are kept.</summary>
    public static readonly Argument<string?> From = Argument.Text(
        "from",
        "A batch, to change only what is given; its masters are used again.");

    /// <summary>A call over the batch that it names; the call itself where it names none.</summary>
    /// <exception cref="I2VException">There is no such batch, or what it was asked for with was not kept.</exception>
    public static async Task<(ToolCall Call, Batch? Batch, MadeMasters Made)> OpenAsync(
        ToolServices services,
        ToolCall call,
        CancellationToken callCancelled)
    {
        if (From.Read(call.Arguments) is not { } text)
        {
            return (call, null, MadeMasters.None);
        }
        var batch = Meant(services, text.Trim());
        var kept = batch.Request is { } request ? JsonNode.Parse(request)!.AsObject() : throw NotKept(services, batch);
        if (Moves.Any(call.Arguments.Has))
        {
            foreach (var move in Moves)
            {
                kept.Remove(move);
            }
        }
        var made = CommonArguments.Fresh.Read(call.Arguments)
            ? MadeMasters.None
            : await MadeMasters.OfAsync(batch, services.Jobs, services.Library, callCancelled);
        return (call with { Arguments = call.Arguments.Over(kept) }, batch, made);
    }

    /// <summary>What a batch is called that is made from another.</summary>
    public static string NameOf(Batch from) => $"{from.Title.Split(Again + "batch-")[0]}{Again}{from.Name}";

    /// <summary>What is kept of a call: what it was given, with handles for what that refers to.</summary>
    /// <param name="arguments">Its arguments.</param>
    /// <param name="kept">Those that are kept.</param>
    /// <param name="matrix">What they were read as.</param>
    public static string Keep(ArgumentReader arguments, IEnumerable<IArgument> kept, VariantMatrix matrix)
    {
        var given = arguments.Given(kept.Select(a => a.Name));
        given["images"] = Handles(matrix.Images);
        Put(given, "audio", Handles(matrix.Sounds));
        Put(given, "operations", matrix.Operations.DeepClone().AsArray());
        // The pictures of elements follow, and are found again by the elements' names.
        Put(given, "references", Handles(matrix.References.Take(CommonArguments.References.Read(arguments).Count)));
        if (given.ContainsKey("options"))
        {
            given["options"] = matrix.Options.DeepClone();
        }
        return given.ToJsonString();
    }

    private static Batch Meant(ToolServices services, string said) => Batch.TryParse(said, out var id)
        ? services.Batches.Get(id, "from")
        : (said.Length > 0 ? services.Batches.FindByName(said) : null) ?? throw I2VException.Invalid(
            "from",
            $"from is {ForeignText.Quote(said, 60)}; a batch such as batch-1, or the name of one, is needed; find_assets with kind batch " +
                "lists them. Nothing was spent.");

    private static void Put(JsonObject given, string name, JsonArray value)
    {
        given.Remove(name);
        if (value.Count > 0)
        {
            given[name] = value;
        }
    }

    private static JsonArray Handles(IEnumerable<Asset> assets) => TextList.ToJson(assets.Select(a => a.Handle.ToString()));

    // Before whole requests were kept a batch had only its axes; a batch of takes or of exports never had more.
    private static I2VException NotKept(ToolServices services, Batch batch)
    {
        var tool = services.Jobs.OfBatch(batch.Id) is [var first, ..] ? first.Tool : null;
        if (tool is not null && tool != Tool)
        {
            return I2VException.Invalid("from", $"from names {batch.Name}, which {tool} made; from takes a batch of {Tool}. " +
                "Nothing was spent.");
        }
        var axes = JsonNode.Parse(batch.Matrix)!.AsObject()
            .Where(a => a.Value is JsonArray)
            .Select(a => $"{a.Key} {string.Join(", ", a.Value!.AsArray().Take(12).Select(v => ForeignText.Line(v!.ToString(), 60)))}");
        return I2VException.Invalid("from", $"from names {batch.Name}, which was made before batches were kept whole: known are " +
            $"{string.Join("; ", axes)}; its operations, options, lengths and strengths of cameras are not. Call {Tool} without from, " +
            "with these as images, prompts, cameras, aspect_ratios and models. Nothing was spent.");
    }
}
