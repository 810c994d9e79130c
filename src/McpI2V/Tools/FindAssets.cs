using McpI2V.Answers;
using McpI2V.Engine;
using McpI2V.Engine.Batches;
using McpI2V.Engine.Library;
using McpI2V.Media.Formats;
using McpI2V.Tools.Arguments;
using McpI2V.Tools.Calls;

namespace McpI2V.Tools;

/// <summary>Looks into the library.</summary>
internal static class FindAssets
{
    private const int UsualLimit = 20;
    private const int MostMoments = 9;

    private const string Description =
        "Looks into the library of stills, clips and sounds: by words, kind, what they were made from, or batch, newest first. " +
        "With handle it tells one asset in full (recipe, prompt, lineage, checks) " +
        "and with at_seconds shows frames of a clip at those moments, so that you can look at it. Free.";

    private static readonly (string, System.Text.Json.Nodes.JsonObject)[] Members =
    [
        ("query", Schema.Text("Words in handle, title, prompt, model or operation.")),
        ("kind", Schema.Choice<MediaKind>("Only this kind.")),
        ("parent", Schema.Text("Only what was made from this handle.")),
        ("batch", Schema.Text("Only what this batch made.")),
        ("limit", Schema.Whole("At most this many; 20 unless given.", 1, 100)),
        ("offset", Schema.Whole("Skip this many, for the next page.", 0, 1_000_000)),
        ("handle", Schema.Text("One asset in full.")),
        ("at_seconds", Schema.List("With handle: moments of the clip to show.", Schema.Number("Seconds.", 0), MostMoments)),
    ];

    public static ToolDefinition Definition() => new(
        "find_assets",
        () => ToolDescription.Looking("find_assets", "Find assets", Description, Schema.Object([], Members), AnswerSchemas.Work),
        CallAsync);

    private static Task<Answer> CallAsync(ToolServices services, ToolCall call, CancellationToken callCancelled)
    {
        var arguments = call.Arguments;
        arguments.RequireAllRead(Members.Select(m => m.Item1));
        return arguments.Text("handle") is { } handle
            ? OneAsync(services, arguments, Handle(handle, "handle"), callCancelled)
            : ManyAsync(services, arguments, callCancelled);
    }

    private static async Task<Answer> OneAsync(
        ToolServices services,
        ArgumentReader arguments,
        AssetHandle handle,
        CancellationToken callCancelled)
    {
        var asset = services.Library.Assets.Get(handle);
        var moments = arguments.Items("at_seconds", MostMoments);
        if (moments.Count == 0)
        {
            return await services.Answers.OfAssetsAsync([asset], "One asset:", inFull: true, [], callCancelled);
        }
        if (handle.Kind != MediaKind.Clip)
        {
            throw I2VException.Invalid("at_seconds", $"at_seconds shows moments of a clip, and {handle} is none.");
        }
        var times = moments
            .Select(m => m.ValueKind == System.Text.Json.JsonValueKind.Number
                ? m.GetDouble()
                : throw I2VException.Invalid("at_seconds", "at_seconds is a list of numbers."))
            .ToList();
        if (times.FirstOrDefault(t => t < 0 || t >= asset.Duration.TotalSeconds, -1) is var outside
            && times.Exists(t => t < 0 || t >= asset.Duration.TotalSeconds))
        {
            throw I2VException.Invalid("at_seconds",
                $"at_seconds has {outside:0.##}, but {handle} lasts {asset.Duration.TotalSeconds:0.##} s.");
        }
        var picture = await services.Previews.MomentsAsync(asset, [.. times.Select(TimeSpan.FromSeconds)], callCancelled);
        var answer = await services.Answers.OfAssetsAsync(
            [asset],
            $"Frames at {string.Join(", ", times.Select(t => $"{t:0.##} s"))}:",
            inFull: true,
            [],
            callCancelled);
        return answer with { Pictures = [picture] };
    }

    private static async Task<Answer> ManyAsync(ToolServices services, ArgumentReader arguments, CancellationToken callCancelled)
    {
        var limit = (int)(arguments.Whole("limit", 1, 100) ?? UsualLimit);
        var offset = (int)(arguments.Whole("offset", 0, 1_000_000) ?? 0);
        AssetHandle? parent = arguments.Text("parent") is { } text ? Handle(text, "parent") : null;
        var query = new AssetQuery(
            arguments.Text("query", 200) ?? "",
            arguments.Choice<MediaKind>("kind"),
            parent,
            BatchOf(services, arguments),
            limit + 1,
            offset);
        var found = services.Library.Assets.Search(query);
        string[] next = found.Count > limit ? [$"There are more: offset {offset + limit} shows the next {limit}."] : [];
        var page = found.Take(limit).ToList();
        return await services.Answers.OfAssetsAsync(
            page,
            page.Count == 0 ? "Nothing was found." : $"{page.Count} found{Spent(services, page)}:",
            inFull: false,
            next,
            callCancelled);
    }

    private static string Spent(ToolServices services, IReadOnlyList<Asset> page)
    {
        var (today, budget) = services.Spending.Today();
        var these = page.Sum(a => a.CostUsd);
        return these == 0 && today == 0
            ? ""
            : string.Create(System.Globalization.CultureInfo.InvariantCulture,
                $" (they cost {AnswerComposer.Cost(these)}; today ${today:0.00} of ${budget:0.00} is spent or reserved)");
    }

    private static long? BatchOf(ToolServices services, ArgumentReader arguments)
    {
        if (arguments.Text("batch") is not { } text)
        {
            return null;
        }
        return Batch.TryParse(text, out var id)
            ? services.Batches.Get(id, "batch").Id
            : throw I2VException.Invalid("batch", $"batch is \"{text}\"; a batch such as batch-2 is needed.");
    }

    private static AssetHandle Handle(string text, string argument) =>
        AssetHandle.TryParse(text, out var handle)
            ? handle
            : throw I2VException.Invalid(argument, $"{argument} is \"{text}\"; a handle such as still-7, clip-12 or audio-3 is needed.");
}
