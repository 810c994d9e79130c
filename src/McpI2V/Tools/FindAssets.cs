using McpI2V.Answers;
using McpI2V.Answers.Structured;
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

    private static readonly Argument<string?> Query = Argument.Text("query", "Words in handle, title, prompt, model or operation.", 200);

    private static readonly Argument<MediaKind?> Kind = Argument.Choice<MediaKind>("kind", "Only this kind.");

    private static readonly Argument<string?> Parent = Argument.Text("parent", "Only what was made from this handle.");

    private static readonly Argument<string?> OfBatch = Argument.Text("batch", "Only what this batch made.");

    private static readonly Argument<long?> Limit = Argument.Whole("limit", "At most this many; 20 unless given.", 1, 100);

    private static readonly Argument<long?> Offset = Argument.Whole("offset", "Skip this many, for the next page.", 0, 1_000_000);

    private static readonly Argument<string?> One = Argument.Text("handle", "One asset in full.");

    private static readonly Argument<IReadOnlyList<double>> Moments = Argument.Numbers(
        "at_seconds",
        "With handle: moments of the clip to show.",
        0,
        86_400,
        MostMoments);

    public static ToolDefinition Definition() => new()
    {
        Name = "find_assets",
        Title = "Find assets",
        Description = Description,
        Effect = ToolEffect.Looks,
        Arguments = () => [Query, Kind, Parent, OfBatch, Limit, Offset, One, Moments],
        AnswerSchema = AnswerSchemas.Assets,
        Handler = CallAsync,
    };

    private static Task<Answer> CallAsync(ToolServices services, ToolCall call, CancellationToken callCancelled)
    {
        var arguments = call.Arguments;
        return One.Read(arguments) is { } handle
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
        var moments = Moments.Read(arguments);
        if (moments.Count == 0)
        {
            return await services.Answers.OfAssetsAsync([asset], "One asset:", inFull: true, [], callCancelled);
        }
        if (handle.Kind != MediaKind.Clip)
        {
            throw I2VException.Invalid("at_seconds", $"at_seconds shows moments of a clip, and {handle} is none.");
        }
        if (moments.Any(t => t >= asset.Duration.TotalSeconds))
        {
            throw I2VException.Invalid("at_seconds",
                $"at_seconds has {moments.Max():0.##}, but {handle} lasts {asset.Duration.TotalSeconds:0.##} s.");
        }
        var picture = await services.Previews.MomentsAsync(asset, [.. moments.Select(TimeSpan.FromSeconds)], callCancelled);
        var answer = await services.Answers.OfAssetsAsync(
            [asset],
            $"Frames at {string.Join(", ", moments.Select(t => $"{t:0.##} s"))}:",
            inFull: true,
            [],
            callCancelled);
        return answer with { Pictures = [picture] };
    }

    private static async Task<Answer> ManyAsync(ToolServices services, ArgumentReader arguments, CancellationToken callCancelled)
    {
        var limit = (int)(Limit.Read(arguments) ?? UsualLimit);
        var offset = (int)(Offset.Read(arguments) ?? 0);
        AssetHandle? parent = Parent.Read(arguments) is { } text ? Handle(text, "parent") : null;
        var query = new AssetQuery(
            Query.Read(arguments) ?? "",
            Kind.Read(arguments),
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
        if (OfBatch.Read(arguments) is not { } text)
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
