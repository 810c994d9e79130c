using System.Globalization;

namespace McpI2V.Engine.Spending;

/// <summary>Money in words.</summary>
internal static class Dollars
{
    /// <summary>An amount to the cent, or finer where it is.</summary>
    public static string InWords(decimal usd) => string.Create(CultureInfo.InvariantCulture, $"${usd:0.00##}");
}
