using McpI2V.Engine.Catalogue;
using McpI2V.Engine.Catalogue.Routing;

namespace McpI2V.Engine.Planning;

/// <summary>Finds the model for what is asked, also one that only its provider knows, and tells when it ends soon.</summary>
public sealed class RoutePlanner(ModelCatalogue models, ModelRouter router)
{
    private static readonly TimeSpan WorthTelling = TimeSpan.FromDays(60);

    /// <summary>The route for local edits.</summary>
    public Route ForOperations => router.Choose(null, ModelNeed.Operations);

    /// <summary>The route for what is needed.</summary>
    /// <param name="model">An id or an alias; null: the router chooses.</param>
    /// <param name="need">What is needed.</param>
    /// <param name="mostUsd">What it may cost; null: no bound.</param>
    /// <param name="callCancelled">Ends the asking of providers.</param>
    /// <exception cref="I2VException">No model that is configured can do it; the message says which could.</exception>
    public async Task<Route> ForAsync(string? model, ModelNeed need, decimal? mostUsd, CancellationToken callCancelled)
    {
        if (!string.IsNullOrWhiteSpace(model))
        {
            await models.LearnAsync(model, callCancelled);
        }
        var route = router.Choose(model, need, mostUsd);
        if (models.EndsIn(route.Model) is not { } left || left > WorthTelling)
        {
            return route;
        }
        var ends = $"{route.Model.Id} is switched off by its provider " +
            $"on {route.Model.RetiredOn}{(route.Model.Instead is { } instead ? $"; then use {instead}" : "")}.";
        return route with { Why = route.Why is { } why ? $"{why} {ends}" : ends };
    }
}
