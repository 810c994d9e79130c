namespace McpI2V.Engine.Spending;

/// <summary>A call costs more than may be spent without the user's agreement. Nothing was spent.</summary>
/// <param name="estimateUsd">What it would cost.</param>
/// <param name="limitUsd">What may be spent without asking.</param>
/// <param name="what">What it is for; null: nobody said.</param>
public sealed class ApprovalRequiredException(decimal estimateUsd, decimal limitUsd, string? what = null) : I2VException(
    ErrorCode.ApprovalRequired,
    $"{PriceOf(estimateUsd, limitUsd, what)} Tell the user the price; if they agree, call again with approve_usd " +
        $"{ToTheCent(estimateUsd):0.00}. Nothing was spent.",
    "approve_usd")
{
    /// <summary>What it would cost.</summary>
    public decimal EstimateUsd => estimateUsd;

    /// <summary>What may be spent without asking.</summary>
    public decimal LimitUsd => limitUsd;

    /// <summary>The price and the limit in a sentence, for the question to the user.</summary>
    public string Price => PriceOf(estimateUsd, limitUsd, what);

    /// <summary>A price with what it is for, as the beginning of a sentence.</summary>
    internal static string InWords(decimal usd, string? what) =>
        what is null ? $"This would cost {Dollars.InWords(usd)}" : $"This would cost {Dollars.InWords(usd)} for {what}";

    private static string PriceOf(decimal estimateUsd, decimal limitUsd, string? what) =>
        $"{InWords(estimateUsd, what)}, more than the {Dollars.InWords(limitUsd)} that may be spent without asking.";

    // Rounded up: what is agreed to has to cover the price.
    private static decimal ToTheCent(decimal usd) => Math.Ceiling(usd * 100) / 100;
}
