namespace McpI2V.Engine.Spending;

/// <summary>A call costs more than may be spent without the user's agreement. Nothing was spent.</summary>
/// <param name="estimateUsd">What it would cost.</param>
/// <param name="limitUsd">What may be spent without asking.</param>
public sealed class ApprovalRequiredException(decimal estimateUsd, decimal limitUsd) : I2VException(
    ErrorCode.ApprovalRequired,
    $"{PriceOf(estimateUsd, limitUsd)} Tell the user the price; if they agree, call again with approve_usd {estimateUsd:0.00}. " +
        "Nothing was spent.",
    "approve_usd")
{
    /// <summary>What it would cost.</summary>
    public decimal EstimateUsd => estimateUsd;

    /// <summary>What may be spent without asking.</summary>
    public decimal LimitUsd => limitUsd;

    /// <summary>The price and the limit in a sentence, for the question to the user.</summary>
    public string Price => PriceOf(estimateUsd, limitUsd);

    private static string PriceOf(decimal estimateUsd, decimal limitUsd) =>
        $"This would cost ${estimateUsd:0.00}, more than ${limitUsd:0.00}.";
}
