using McpI2V.Engine.Catalogue;

namespace McpI2V.Answers.Contents;

/// <summary>A model's price for programs.</summary>
/// <param name="Unit">free, second, input_second, image, clip, megapixel or thousand_characters.</param>
/// <param name="Usd">Dollars a unit where no rate fits.</param>
/// <param name="Rates">Rates for settings; the first that fits counts.</param>
internal sealed record PriceContent(string Unit, decimal Usd, IReadOnlyList<PriceRate>? Rates)
{
    /// <summary>A price.</summary>
    public static PriceContent FromPrice(Price price) =>
        new(price.Unit, price.Usd, price.Rates is { Length: > 0 } rates ? rates : null);
}
