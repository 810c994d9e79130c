using System.Globalization;

namespace McpI2V.Engine.Catalogue;

/// <summary>The lengths a model makes.</summary>
/// <param name="Min">The shortest, in seconds.</param>
/// <param name="Max">The longest, in seconds.</param>
/// <param name="Only">The only ones, where it is a list; null: any between.</param>
public sealed record DurationRange(double Min, double Max, double[]? Only = null)
{
    /// <summary>The lengths in words: <c>5, 10 s</c> or <c>3 to 15 s</c>.</summary>
    public override string ToString()
    {
        var runs = Only is { Length: > 3 } list && list.Zip(list.Skip(1), (a, b) => b - a).All(step => Math.Abs(step - 1) < 0.001);
        return Only is { } only && !runs
            ? $"{string.Join(", ", only.Select(Number))} s"
            : $"{Number(Min)} to {Number(Max)} s{(runs ? " in whole seconds" : "")}";
    }

    private static string Number(double seconds) => seconds.ToString("0.###", CultureInfo.InvariantCulture);
}
