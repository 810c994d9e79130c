using System.Text.Json.Nodes;
using McpI2V.Engine.Catalogue;

namespace McpI2V.Providers.Schemas;

/// <summary>A model as its provider lists it at the moment.</summary>
internal sealed record ListedModel
{
    /// <summary>Its id at the provider.</summary>
    public required string Id { get; init; }

    /// <summary>What goes in, and what comes out.</summary>
    public required ModelSchema Schema { get; init; }

    /// <summary>The version that was read; null: the provider names none.</summary>
    public string? Version { get; init; }

    /// <summary>What it costs, as the provider tells; null: it does not, and it is guessed.</summary>
    public Price? Price { get; init; }

    /// <summary>How the provider prices it, in its own words; null: it does not say.</summary>
    public JsonObject? Pricing { get; init; }

    /// <summary>Dollars for a second of the machine where the time of a run is paid; null: results have a price.</summary>
    public decimal? SecondUsd { get; init; }

    /// <summary>Where this was read.</summary>
    public required string Source { get; init; }
}
