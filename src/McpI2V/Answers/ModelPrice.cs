using System.Globalization;
using System.Runtime.CompilerServices;
using McpI2V.Engine.Catalogue;
using McpI2V.Engine.Catalogue.Routing;

namespace McpI2V.Answers;

/// <summary>What a model costs, in words.</summary>
internal static class ModelPrice
{
    // A row does not change, and judging a need for each of a hundred is a quarter of listing them.
    private static readonly ConditionalWeakTable<ModelEntry, string> Examples = [];

    /// <summary>What a usual result of it costs.</summary>
    public static string Example(ModelEntry model) => Examples.GetValue(model, Compose);

    private static string Compose(ModelEntry model)
    {
        var price = model.Price;
        if (price.IsFree)
        {
            return "free";
        }
        var fit = ModelFit.Judge(model, new ModelNeed
        {
            Capability = model.Capabilities[0],
            InputSeconds = 5,
            Prompt = new string('a', 1000),
        }).Settings;
        var usd = string.Create(CultureInfo.InvariantCulture, $"${price.For(fit):0.00##}");
        return price.Unit switch
        {
            "second" or "clip" when fit.DurationSeconds > 0 => string.Create(
                CultureInfo.InvariantCulture,
                $"{usd} for {fit.DurationSeconds:0.#} s{(fit.Resolution is { } resolution ? " at " + resolution : "")}"),
            "input_second" => $"{usd} for 5 s",
            "thousand_characters" => $"{usd} for 1,000 characters",
            _ => $"{usd} each",
        };
    }
}
