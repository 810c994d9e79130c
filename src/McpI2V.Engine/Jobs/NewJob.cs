using McpI2V.Engine.Catalogue.Routing;
using McpI2V.Engine.Generation;
using McpI2V.Media;

namespace McpI2V.Engine.Jobs;

/// <summary>A job that is asked for: validated, priced, and not written down yet.</summary>
public sealed record NewJob
{
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

    /// <summary>Advice for the one who asked.</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];

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
        Warnings = [.. route.Why is { } why ? [why] : Array.Empty<string>(), .. Described(request, route)],
    };

    // The embedded engine reads no words.
    private static IEnumerable<string> Described(GenerationRequest request, Route route) => route.Model.IsEmbedded
        ? []
        : (request.Subjects ?? []).Select(s => $"The words of the element {ForeignText.Quote(s.Split(": ")[0], 60)} go with the prompt.");
}
