using McpI2V.Engine;
using McpI2V.Engine.Providers;
using McpI2V.Media;
using McpI2V.Providers.Contract;

namespace McpI2V.Providers.Schemas;

/// <summary>What is said of an order whose model tells its inputs when it is asked, before it is written down.</summary>
internal static class SchemaReview
{
    private const int LongestId = 120;
    private const int LongestList = 200;

    /// <summary>Warnings for the user.</summary>
    /// <param name="order">The order.</param>
    /// <param name="page">The page that tells of the model.</param>
    /// <param name="guess">What is said where the price is a guess.</param>
    /// <exception cref="I2VException">The model needs an input that no argument stands for.</exception>
    public static IReadOnlyList<string> Of(GenerationOrder order, string page, string guess)
    {
        var own = ModelSchemas.OwnWords(order);
        if (own.Needed.FirstOrDefault(n => !order.Options.ContainsKey(n)) is { } needed)
        {
            throw I2VException.Invalid(
                "options",
                $"{ForeignText.Line(order.VendorModel, LongestId)} needs its input {needed}, which no argument stands for: say it as " +
                    $"options.{needed} ({ForeignText.Line(page, LongestId)} tells what it takes). Nothing was spent.");
        }
        List<string> said = [.. order.Model.Wire is null ? [] : JsonWire.Unheeded(order)];
        if (own.Guessed)
        {
            said.Add(guess);
        }
        if (own.Others.Except(order.Options.Select(o => o.Key)).ToList() is { Count: > 0 } left)
        {
            said.Add($"Left as the model has them, for options: {ForeignText.Line(string.Join(", ", left), LongestList)}.");
        }
        return said;
    }
}
