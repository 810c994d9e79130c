using McpI2V.Engine.Spending;

namespace McpI2V.Mcp.Calls;

/// <summary>A call that runs as a task must ask the user about its price before it goes on.</summary>
internal sealed class PriceQuestionException(ApprovalRequiredException required) : Exception(required.Price)
{
    /// <summary>The price.</summary>
    public decimal Usd => required.EstimateUsd;
}
