using McpI2V.Engine;
using McpI2V.Engine.Spending;

namespace McpI2V.Tools.Calls;

/// <summary>What the user has said to a price, and how they are asked where the client can.</summary>
/// <param name="GrantedUsd">What they agreed to for this very call; null: they were not asked.</param>
/// <param name="IsDeclined">True if they said no.</param>
/// <param name="Ask">Asks them; does not return where the client asks and calls again. Null: this client can't ask.</param>
internal sealed record SpendConsent(decimal? GrantedUsd, bool IsDeclined, Action<ApprovalRequiredException>? Ask)
{
    /// <summary>Nobody was asked, and nobody can be.</summary>
    public static SpendConsent None { get; } = new(null, IsDeclined: false, null);

    /// <summary>Refuses a call whose price the user has declined.</summary>
    /// <exception cref="I2VException">They said no.</exception>
    public void RequireNotDeclined(decimal usd)
    {
        if (IsDeclined)
        {
            throw new I2VException(ErrorCode.Canceled, $"The user was asked to agree to ${usd:0.00##} and did not. Nothing was spent. " +
                "Ask them what they would rather have: fewer variants, shorter clips, quality draft.");
        }
    }
}
