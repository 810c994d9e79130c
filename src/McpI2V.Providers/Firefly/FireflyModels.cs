using System.Text.Json.Serialization.Metadata;
using McpI2V.Engine.Catalogue;

namespace McpI2V.Providers.Firefly;

/// <summary>Firefly's rows.</summary>
/// <param name="operationUsd">What an operation costs under the user's contract; null: it is guessed.</param>
internal sealed class FireflyModels(decimal? operationUsd) : IModelSource
{
    /// <summary>What the rows count for an operation: a guess, for no price list tells one.</summary>
    public const decimal GuessedUsd = 0.1m;

    private readonly EmbeddedModels rows = new(typeof(FireflyModels).Assembly, "firefly", FireflyJson.Default.FireflyWire);

    /// <inheritdoc/>
    public string Provider => rows.Provider;

    /// <inheritdoc/>
    public IReadOnlyList<string> AlsoCalled => ["adobe"];

    /// <inheritdoc/>
    public JsonTypeInfo? OwnWords => rows.OwnWords;

    /// <inheritdoc/>
    public IEnumerable<ModelEntry> Rows() => operationUsd is { } usd
        ? rows.Rows().Select(r => r with { Price = Times(r.Price, usd / GuessedUsd) })
        : rows.Rows();

    private static Price Times(Price price, decimal factor) => price with
    {
        Usd = price.Usd * factor,
        Rates = price.Rates is { } rates ? [.. rates.Select(r => r with { Usd = r.Usd * factor })] : null,
    };
}
