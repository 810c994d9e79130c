using System.Text.Json.Serialization.Metadata;
using McpI2V.Engine.Catalogue;
using McpI2V.Providers.Contract;

namespace McpI2V.Providers.Firefly;

/// <summary>Firefly's rows, at what an operation costs under the user's contract.</summary>
internal sealed class FireflyModels(ProviderOptions options) : IModelSource
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
    public IEnumerable<ModelEntry> Rows() => options.OperationUsd is { } usd
        ? rows.Rows().Select(r => r with { Price = Times(r.Price, usd / GuessedUsd) })
        : rows.Rows();

    private static Price Times(Price price, decimal factor) => price with
    {
        Usd = price.Usd * factor,
        Rates = price.Rates is { } rates ? [.. rates.Select(r => r with { Usd = r.Usd * factor })] : null,
    };
}
