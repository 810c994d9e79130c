namespace McpI2V.Mcp.Calls;

/// <summary>A followed call must ask the user about its price before it goes on.</summary>
internal sealed class PriceQuestionException(decimal usd, string refusal) : Exception(refusal)
{
    /// <summary>The price.</summary>
    public decimal Usd => usd;
}
