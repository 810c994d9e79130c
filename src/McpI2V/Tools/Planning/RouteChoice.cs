using McpI2V.Engine.Catalogue.Routing;
using McpI2V.Tools.Arguments;
using McpI2V.Tools.Calls;

namespace McpI2V.Tools.Planning;

/// <summary>Finds the model for a call.</summary>
internal static class RouteChoice
{
    private static readonly TimeSpan WorthTelling = TimeSpan.FromDays(60);

    /// <summary>The route for what is needed, by the call's model and max_cost_usd.</summary>
    /// <exception cref="Engine.I2VException">No model that is configured can do it; the message says which could.</exception>
    public static Task<Route> ForAsync(ToolServices services, ArgumentReader arguments, ModelNeed need, CancellationToken callCancelled) =>
        ForAsync(services, arguments, CommonArguments.Model.Read(arguments), need, callCancelled);

    /// <summary>The route for what is needed, by a model's name.</summary>
    public static async Task<Route> ForAsync(
        ToolServices services,
        ArgumentReader arguments,
        string? model,
        ModelNeed need,
        CancellationToken callCancelled)
    {
        if (!string.IsNullOrWhiteSpace(model))
        {
            await services.Models.LearnAsync(model, callCancelled);
        }
        var route = services.Router.Choose(model, need, CommonArguments.MaxCostUsd.Read(arguments));
        if (services.Models.EndsIn(route.Model) is not { } left || left > WorthTelling)
        {
            return route;
        }
        var ends = $"{route.Model.Id} is switched off by its provider " +
            $"on {route.Model.RetiredOn}{(route.Model.Instead is { } instead ? $"; then use {instead}" : "")}.";
        return route with { Why = route.Why is { } why ? $"{why} {ends}" : ends };
    }
}
