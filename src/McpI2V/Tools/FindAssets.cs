using McpI2V.Answers;
using McpI2V.Answers.Structured;
using McpI2V.Engine;
using McpI2V.Engine.Batches;
using McpI2V.Engine.Library;
using McpI2V.Engine.Library.Finding;
using McpI2V.Media;
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
        "Looks into the library and today's spending. With handle one asset in full (recipe, prompt, lineage, checks), " +
        "with at_seconds frames of a clip. Free.";

    private static readonly Argument<string?> Query = Argument.Text(
        "query",
        "Words of titles, prompts, notes, texts in the picture, or of what it was made from.",
        200);

    private static readonly Argument<string?> Kind = Argument.Word(
        "kind",
        "Only these.",
        ["still", "clip", "audio", "element", "preset", "batch", "deleted"]);

    private static readonly Argument<string?> Parent = Argument.Text("parent", "Made from this handle.");

    private static readonly Argument<string?> OfBatch = Argument.Text("batch", "Made by it.");

    private static readonly Argument<string?> Since = Argument.Text("since", "2026-11-24, yesterday, last tuesday, 3 days ago.");

    private static readonly Argument<string?> Until = Argument.Text("until", "The same, inclusive.");

    private static readonly Argument<string?> Colour = Argument.Text("colour", "English word or #rrggbb.");

    private static readonly Argument<bool> Starred = Argument.Flag("starred", "Only these.");

    private static readonly Argument<long?> Limit = Argument.Whole("limit", "20 unless given.", 1, 100);

    private static readonly Argument<long?> Offset = Argument.Whole("offset", "Of the next page.", 0, 1_000_000);

    private static readonly Argument<string?> One = Argument.Text("handle", "One asset in full.");

    private static readonly Argument<IReadOnlyList<double>> Moments = Argument.Numbers(
        "at_seconds",
        "Moments of the clip to show.",
        0,
        86_400,
        MostMoments);

    public static ToolDefinition Definition() => new()
    {
        Name = "find_assets",
        Title = "Find assets",
        Description = Description,
        Effect = ToolEffect.Looks,
        Arguments = () => [Query, Kind, Parent, OfBatch, Since, Until, Colour, Starred, Limit, Offset, One, Moments],
        AnswerSchema = AnswerSchemas.Assets,
        Handler = CallAsync,
        MayKeep = _ => true,
    };

    private static async Task<Answer> CallAsync(ToolServices services, ToolCall call, CancellationToken callCancelled) =>
        One.Read(call.Arguments) is { } said
            ? await OneAsync(services, call.Arguments, await HandleAsync(services, call, said, "handle", callCancelled), callCancelled)
            : await ManyAsync(services, call, callCancelled);

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
            throw I2VException.Invalid("at_seconds", $"at_seconds shows moments of a clip, and {handle} is none. Leave it out.");
        }
        if (moments.Any(t => t >= asset.Duration.TotalSeconds))
        {
            throw I2VException.Invalid("at_seconds",
                $"at_seconds has {moments.Max():0.##}, but {handle} lasts {asset.Duration.TotalSeconds:0.##} s. Give moments " +
                    "before its end.");
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

    private static async Task<Answer> ManyAsync(ToolServices services, ToolCall call, CancellationToken callCancelled)
    {
        var arguments = call.Arguments;
        var (kind, colour) = (Kind.Read(arguments), Colour.Read(arguments));
        var query = new AssetQuery
        {
            Words = AssetQuery.WordsOf(Query.Read(arguments)),
            Kind = SnakeCase.Parse<MediaKind>(kind ?? ""),
            Parent = Parent.Read(arguments) is { } said ? await HandleAsync(services, call, said, "parent", callCancelled) : null,
            Batch = BatchOf(services, arguments),
            Since = Since.Read(arguments) is { } since ? services.Times.Read(since, "since").From : null,
            Until = Until.Read(arguments) is { } until ? services.Times.Read(until, "until").To : null,
            OnlyStarred = Starred.Read(arguments),
            InBin = kind == "deleted",
            Limit = (int)(Limit.Read(arguments) ?? UsualLimit),
            Offset = (int)(Offset.Read(arguments) ?? 0),
        };
        switch (kind)
        {
            case "element":
                return NamedThings.Elements(services, query.Words, query.Limit, query.Offset);
            case "preset":
                return NamedThings.Presets(services, query.Words, query.Limit, query.Offset);
            case "batch":
                return NamedThings.Batches(services, query);
        }
        var found = await services.Finder.FindAsync(query, colour, callCancelled);
        var page = found.Assets;
        List<string> next = [];
        if (found.HasMore)
        {
            next.Add($"There are more: offset {query.Offset + query.Limit} shows the next {query.Limit}.");
        }
        if (found.Unmeasured > 0)
        {
            next.Add($"The colours of {found.Unmeasured} older assets are not measured yet; the same call goes on with them.");
        }
        if (page.Count == 0 && services.Finder.Nearest(query, colour) is { Count: > 0 } near)
        {
            next.Add($"Near: {string.Join("; ", near)}.");
        }
        return await services.Answers.OfAssetsAsync(
            page,
            page.Count == 0 ? Nothing(services, query, kind, colour) : $"{page.Count} found{Spent(services, page)}:",
            inFull: false,
            next,
            callCancelled);
    }

    private static string Nothing(ToolServices services, AssetQuery query, string? kind, string? colour)
    {
        List<string> asked = [];
        void Add(bool isAsked, string what)
        {
            if (isAsked)
            {
                asked.Add(what);
            }
        }
        Add(query.Words.Count > 0, $"words {string.Join(", ", query.Words.Select(w => ForeignText.Quote(w, 30)))} (in titles, prompts, " +
            "notes, texts in the picture, and those of what it was made from)");
        Add(kind is not null, $"kind {kind}");
        Add(colour is not null, $"colour {ForeignText.Line(colour ?? "", 40)}");
        Add(query.Since is not null, $"since {services.Times.Shown(query.Since ?? default)}");
        Add(query.Until is not null, $"before {services.Times.Shown(query.Until ?? default)}");
        Add(query.Parent is not null, $"made from {query.Parent}");
        Add(query.Batch is not null, $"of {Batch.NameOf(query.Batch ?? 0)}");
        Add(query.OnlyStarred, "starred");
        Add(query.Offset > 0, $"after the first {query.Offset}");
        var total = services.Library.Assets.Count(new AssetQuery());
        return asked.Count == 0
            ? $"Nothing was found: the library is empty. generate_still makes a still, animate_image takes a photo{Spent(services, [])}."
            : $"Nothing was found among {total} assets: {string.Join(", ", asked)}{Spent(services, [])}.";
    }

    private static string Spent(ToolServices services, IReadOnlyList<Asset> page)
    {
        var (today, budget) = services.Spending.Today();
        var these = page.Sum(a => a.CostUsd);
        var cost = page.Count == 0 ? "" : $"they cost {AnswerComposer.Cost(these)}; ";
        return these == 0 && today == 0 && page.Count > 0
            ? ""
            : string.Create(System.Globalization.CultureInfo.InvariantCulture,
                $" ({cost}today ${today:0.00} of ${budget:0.00} is spent or reserved)");
    }

    private static long? BatchOf(ToolServices services, ArgumentReader arguments)
    {
        if (OfBatch.Read(arguments) is not { } text)
        {
            return null;
        }
        return Batch.TryParse(text, out var id)
            ? services.Batches.Get(id, "batch").Id
            : throw I2VException.Invalid("batch", $"batch is {ForeignText.Quote(text, 60)}; a batch such as batch-2 is needed; " +
                "find_assets with kind batch lists them.");
    }

    private static async Task<AssetHandle> HandleAsync(
        ToolServices services,
        ToolCall call,
        string said,
        string argument,
        CancellationToken callCancelled)
    {
        if (AssetHandle.TryParse(said, out var handle))
        {
            return handle;
        }
        if (!SpokenReferences.IsWords(said))
        {
            throw I2VException.Invalid(argument, $"{argument} is {ForeignText.Quote(said, 60)}; a handle such as still-7, clip-12 or " +
                "audio-3 is needed, or words that only one asset has.");
        }
        var meant = (await services.Spoken.FindAsync(said, kind: null, argument, [], callCancelled)).Asset;
        call.WithoutFolders.Tell($"{argument}: {ForeignText.Quote(said, 80)} is {AssetFinder.Named(meant)}.");
        return meant.Handle;
    }
}
