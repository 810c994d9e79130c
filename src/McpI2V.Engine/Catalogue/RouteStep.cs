namespace McpI2V.Engine.Catalogue;

/// <summary>One model of a route.</summary>
/// <param name="Model">Its id.</param>
/// <param name="Provider">Its provider.</param>
/// <param name="EstimateUsd">What the request costs there.</param>
public sealed record RouteStep(string Model, string Provider, decimal EstimateUsd);
