namespace McpI2V.Engine.Catalogue;

/// <summary>What the catalogue's answers depend on: two that are equal give equal answers.</summary>
/// <param name="Own">The program's and the user's rows.</param>
/// <param name="Learned">The rows that were learned.</param>
/// <param name="Day">The day: models retire.</param>
/// <param name="WhyNot">Why providers can't be used.</param>
public sealed record CatalogueStanding(object Own, object Learned, DateOnly Day, string WhyNot);
