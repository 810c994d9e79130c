namespace McpI2V.Engine.Catalogue.Routing;

/// <summary>One model of a route.</summary>
/// <param name="Model">Its id.</param>
/// <param name="Provider">Its provider.</param>
/// <param name="EstimateUsd">What the request costs there.</param>
/// <param name="Lane">The lane of the key it was asked for with; null: not written down yet.</param>
/// <param name="OnlyIfAsked">True if it costs more than was agreed to: it is named to the user, and never gone on to by itself.</param>
public sealed record RouteStep(string Model, string Provider, decimal EstimateUsd, string? Lane = null, bool OnlyIfAsked = false);
