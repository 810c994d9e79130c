using McpI2V.Engine.Catalogue;
using McpI2V.Engine.Catalogue.Routing;
using McpI2V.Engine.Generation;
using McpI2V.Engine.Planning.Mending;

namespace McpI2V.Engine.Planning;

/// <summary>Finds the model for what is asked, also one that only its provider knows, and tells when it ends soon.</summary>
public sealed class RoutePlanner(ModelCatalogue models, ModelRouter router, ShotMender mender)
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
        return Told(router.Choose(model, need, mostUsd));
    }

    /// <summary>The route for a shot, with what stood in the way mended.</summary>
    /// <param name="model">An id, an alias or a name as people say it; null: the router chooses.</param>
    /// <param name="shot">The shot.</param>
    /// <param name="mostUsd">What it may cost; null: no bound.</param>
    /// <param name="tool">The tool that asks.</param>
    /// <param name="callCancelled">Ends the asking of providers.</param>
    /// <exception cref="I2VException">No model that is configured can do it; the message says which could.</exception>
    public async Task<MendedShot> ForShotAsync(
        string? model,
        AnimateRequest shot,
        decimal? mostUsd,
        string tool,
        CancellationToken callCancelled)
    {
        if (!string.IsNullOrWhiteSpace(model))
        {
            await models.LearnAsync(model, callCancelled);
        }
        var mended = mender.Mend(model, shot, mostUsd, tool);
        return mended with { Route = Told(mended.Route) };
    }

    private Route Told(Route route)
    {
        if (models.EndsIn(route.Model) is not { } left || left > WorthTelling)
        {
            return route;
        }
        var ends = $"{route.Model.Id} is switched off by its provider " +
            $"on {route.Model.RetiredOn}{(route.Model.Instead is { } instead ? $"; then use {instead}" : "")}.";
        return route with { Why = route.Why is { } why ? $"{why} {ends}" : ends };
    }
}
