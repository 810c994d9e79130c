namespace McpI2V.Engine.Catalogue;

/// <summary>The lengths a model makes.</summary>
/// <param name="Min">The shortest, in seconds.</param>
/// <param name="Max">The longest, in seconds.</param>
/// <param name="Only">The only ones, where it is a list; null: any between.</param>
public sealed record DurationRange(double Min, double Max, double[]? Only = null);
