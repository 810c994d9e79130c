using System.Globalization;
using McpI2V.Engine;
using McpI2V.Engine.Providers;

namespace McpI2V.Providers.Schemas;

/// <summary>Holds what a provider asks for a request at the moment against what the user was told.</summary>
internal static class PriceCheck
{
    // Both round.
    private const decimal Tolerance = 0.001m;

    /// <summary>Passes unless it has become dearer.</summary>
    /// <param name="provider">The provider.</param>
    /// <param name="order">The order, by its row.</param>
    /// <param name="nowUsd">What it asks; null: it does not say.</param>
    /// <exception cref="ProviderException">It costs more than was told.</exception>
    public static void Require(string provider, GenerationOrder order, decimal? nowUsd)
    {
        var told = order.Model.Price.For(order.Settings);
        if (nowUsd is { } now && now > told + Tolerance)
        {
            throw new ProviderException(
                ErrorCode.OverBudget,
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{provider} asks ${now:0.00##} for this now, and ${told:0.00##} was told: it was not sent. A row of " +
                        $"{order.Model.Id} in models.json with its price lets it be asked for"),
                Acceptance.No);
        }
    }
}
