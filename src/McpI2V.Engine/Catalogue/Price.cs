namespace McpI2V.Engine.Catalogue;

/// <summary>A price: so many dollars a unit, with other rates for some settings.</summary>
/// <param name="Unit">free, second (of what comes out), input_second (of the clip or sound that goes in), image, clip, megapixel or
/// thousand_characters.</param>
/// <param name="Usd">Dollars a unit where no rate fits.</param>
/// <param name="Rates">Rates for settings; the first that fits counts.</param>
/// <param name="StepSeconds">Seconds are paid in started steps of so many; 0: by the second.</param>
/// <param name="InputStillUsd">Dollars for each still that goes in, besides.</param>
public sealed record Price(
    string Unit,
    decimal Usd = 0,
    PriceRate[]? Rates = null,
    double StepSeconds = 0,
    decimal InputStillUsd = 0)
{
    private const double LengthTolerance = 0.02;

    /// <summary>True if it never costs anything.</summary>
    public bool IsFree => Unit == "free";

    /// <summary>What a request with these settings costs.</summary>
    public decimal For(ModelSettings settings) => IsFree ? 0 : decimal.Round((Rate(settings) * Units(settings)) + StillsIn(settings), 6);

    /// <summary>What so many units at these settings cost: for a provider that reports units.</summary>
    public decimal ForUnits(ModelSettings settings, decimal units) => IsFree ? 0 : decimal.Round(Rate(settings) * units, 6);

    private decimal Rate(ModelSettings settings) => Rates?.FirstOrDefault(r => r.Fits(settings))?.Usd ?? Usd;

    private decimal StillsIn(ModelSettings settings) => InputStillUsd * settings.InputStills * settings.Count;

    // A clip's own length is a little off a whole number.
    private decimal Steps(double seconds) =>
        StepSeconds <= 0 ? (decimal)seconds : (decimal)(Math.Ceiling((seconds / StepSeconds) - LengthTolerance) * StepSeconds);

    private decimal Units(ModelSettings settings) => Unit switch
    {
        "second" => Steps(settings.DurationSeconds) * settings.Count,
        "input_second" => Steps(settings.InputSeconds),
        "megapixel" => Math.Max(1, decimal.Round(settings.Size.Pixels / 1_000_000m, 3)) * settings.Count,
        "thousand_characters" => Math.Max(0.001m, settings.Characters / 1000m),
        _ => settings.Count,
    };
}
