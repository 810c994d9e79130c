namespace McpI2V.Engine.Catalogue;

/// <summary>A price.</summary>
/// <param name="Unit">free, second or image.</param>
/// <param name="Usd">Dollars a unit.</param>
public sealed record Price(string Unit, decimal Usd = 0)
{
    /// <summary>What so many seconds or images cost.</summary>
    public decimal For(double units) => Unit == "free" ? 0 : decimal.Round(Usd * (decimal)units, 6);
}
