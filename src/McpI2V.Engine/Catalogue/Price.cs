namespace McpI2V.Engine.Catalogue;

/// <summary>A price: so many dollars a unit, with other rates for some settings.</summary>
/// <param name="Unit">free, second (of what comes out), input_second (of the clip or sound that goes in), image, clip, megapixel or
/// thousand_characters.</param>
/// <param name="Usd">Dollars a unit where no rate fits.</param>
/// <param name="Rates">Rates for settings; the first that fits counts.</param>
public sealed record Price(string Unit, decimal Usd = 0, PriceRate[]? Rates = null)
{
    /// <summary>True if it never costs anything.</summary>
    public bool IsFree => Unit == "free";

    /// <summary>What a request with these settings costs.</summary>
    public decimal For(ModelSettings settings) => IsFree ? 0 : decimal.Round(Rate(settings) * Units(settings), 6);

    /// <summary>What so many units at these settings cost: for a provider that reports units.</summary>
    public decimal ForUnits(ModelSettings settings, decimal units) => IsFree ? 0 : decimal.Round(Rate(settings) * units, 6);

    private decimal Rate(ModelSettings settings) => Rates?.FirstOrDefault(r => r.Fits(settings))?.Usd ?? Usd;

    private decimal Units(ModelSettings settings) => Unit switch
    {
        "second" => (decimal)settings.DurationSeconds * settings.Count,
        "input_second" => (decimal)settings.InputSeconds,
        "megapixel" => Math.Max(1, decimal.Round(settings.Size.Pixels / 1_000_000m, 3)) * settings.Count,
        "thousand_characters" => Math.Max(0.001m, settings.Characters / 1000m),
        _ => settings.Count,
    };
}
