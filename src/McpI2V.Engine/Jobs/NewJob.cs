using System.Globalization;
using McpI2V.Engine.Catalogue.Routing;
using McpI2V.Engine.Generation;
using McpI2V.Media;

namespace McpI2V.Engine.Jobs;

/// <summary>A job that is asked for: validated, priced, and not written down yet.</summary>
public sealed record NewJob
{
    private const int MostKinds = 3;

    /// <summary>Who asks.</summary>
    public string Owner { get; init; } = Engine.Owner.OfThisMachine;

    /// <summary>The tool that asks.</summary>
    public required string Tool { get; init; }

    /// <summary>A few words for people and for the file's name.</summary>
    public required string Title { get; init; }

    /// <summary>What is to be made.</summary>
    public required GenerationRequest Request { get; init; }

    /// <summary>The provider that will do it.</summary>
    public required string Provider { get; init; }

    /// <summary>The model's id.</summary>
    public required string Model { get; init; }

    /// <summary>What it is expected to cost.</summary>
    public decimal EstimatedCostUsd { get; init; }

    /// <summary>The models to try next, in order.</summary>
    public IReadOnlyList<RouteStep> Route { get; init; } = [];

    /// <summary>The job of the same batch whose result it needs, by its place in the list; null: none.</summary>
    public int? After { get; init; }

    /// <summary>What distinguishes it inside its batch, as JSON; null for a job that only prepares others.</summary>
    public string? Variant { get; init; }

    /// <summary>
    /// What stands first in the answer, before what was made, in this order: words on which nothing acted, then what went wrong after
    /// paying. Each is a whole line.
    /// </summary>
    public IReadOnlyList<string> Foremost { get; init; } = [];

    /// <summary>What is paid for, such as <c>5 s</c>; null for what is free.</summary>
    public string? Buys { get; init; }

    /// <summary>The short name of the model; null: it has none.</summary>
    public string? Alias { get; init; }

    /// <summary>The most that the whole call was allowed to cost; null: it named no limit.</summary>
    public decimal? MaxCostUsd { get; init; }

    /// <summary>Advice for the one who asked.</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];

    /// <summary>Two jobs of one call as the one that was asked for: the dearer, at the price of both.</summary>
    public static NewJob AsOne(NewJob first, NewJob second) =>
        (first.EstimatedCostUsd > second.EstimatedCostUsd ? first : second) with
        {
            EstimatedCostUsd = first.EstimatedCostUsd + second.EstimatedCostUsd,
        };

    /// <summary>A job for the model of a route, at its price.</summary>
    public static NewJob For(string tool, string title, GenerationRequest request, Route route) => new()
    {
        Tool = tool,
        Title = title,
        Request = request,
        Provider = route.Model.Provider,
        Model = route.Model.Id,
        EstimatedCostUsd = route.EstimateUsd,
        Route = route.Next,
        Buys = route.EstimateUsd > 0 ? Quantity(route) : null,
        Alias = route.Model.Alias,
        Warnings = [.. route.Why is { } why ? [$"Note: {why}"] : Array.Empty<string>(), .. Described(request, route)],
    };

    /// <summary>What jobs pay for, all together and each kind once: <c>5 s of kling-3 and 2 stills of nano-banana-2</c>.</summary>
    public static string? Bought(IEnumerable<NewJob> jobs)
    {
        var kinds = jobs
            .Where(j => j.Buys is not null)
            .GroupBy(j => $"{j.Buys} of {j.Alias ?? j.Model}")
            .Select(g => g.Count() == 1 ? g.Key : $"{g.Count()} times {g.Key}")
            .ToList();
        return kinds.Count == 0 ? null : string.Join(" and ", kinds.Take(MostKinds)) + (kinds.Count > MostKinds ? " and more" : "");
    }

    private static string Quantity(Route route)
    {
        var settings = route.Settings;
        var seconds = settings.DurationSeconds > 0 ? settings.DurationSeconds : settings.InputSeconds;
        var (one, many) = seconds > 0
            ? (string.Create(CultureInfo.InvariantCulture, $"{seconds:0.#} s"), "takes of ")
            : route.Model.Price.Unit == "thousand_characters" ? ($"{settings.Characters} characters", "takes of ") : ("one still", "");
        return settings.Count == 1 ? one : many.Length > 0 ? $"{settings.Count} {many}{one}" : $"{settings.Count} stills";
    }

    // The embedded engine reads no words.
    private static IEnumerable<string> Described(GenerationRequest request, Route route) => route.Model.IsEmbedded
        ? []
        : (request.Subjects ?? []).Select(s => $"The words of the element {ForeignText.Quote(s.Split(": ")[0], 60)} go with the prompt.");
}
