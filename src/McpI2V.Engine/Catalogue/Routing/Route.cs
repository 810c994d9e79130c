namespace McpI2V.Engine.Catalogue.Routing;

/// <summary>The models for a request: the one to use, and those to fall back to on a definite, unbilled failure.</summary>
/// <param name="Model">The model to use.</param>
/// <param name="Fit">The request as it takes it.</param>
/// <param name="EstimateUsd">What it costs.</param>
/// <param name="Next">What comes after it, in order.</param>
/// <param name="Why">The choice in one line; null where the user made it.</param>
public sealed record Route(ModelEntry Model, ModelFit Fit, decimal EstimateUsd, IReadOnlyList<RouteStep> Next, string? Why)
{
    /// <summary>The settings to use.</summary>
    public ModelSettings Settings => Fit.Settings;
}
