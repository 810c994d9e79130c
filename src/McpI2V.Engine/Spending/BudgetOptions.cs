using McpI2V.Engine.Storage.Sql;
using McpI2V.Media;

namespace McpI2V.Engine.Spending;

/// <summary>How much may be spent: section <c>Budget</c>.</summary>
public sealed class BudgetOptions(SettingsSection settings)
{
    /// <summary>What holds where nothing is set.</summary>
    public BudgetOptions()
        : this(SettingsSection.Unset)
    {
    }

    /// <summary>The most that may be spent and reserved in a day of UTC.</summary>
    public decimal DailyUsd { get; init; } = settings.Number("DailyUsd", 20m, from: 0, to: 100_000);

    /// <summary>A call that may cost more than this needs approval.</summary>
    public decimal ApproveAboveUsd { get; init; } = settings.Number("ApproveAboveUsd", 2m, from: 0, to: 100_000);

    /// <summary>
    /// True if a job that goes on to another model may cost so much more; never past the day's budget or the limit above which the user is
    /// asked. Who asks has locked <see cref="WriteLock.Spending"/>.
    /// </summary>
    internal bool Allows(SqlSession session, decimal moreUsd, decimal reservedUsd, string day) =>
        moreUsd <= 0
            || (Ledger.Committed(session, day) + moreUsd <= DailyUsd
                && reservedUsd + moreUsd <= Math.Max(ApproveAboveUsd, reservedUsd));

    /// <summary>Throws unless so much may be paid.</summary>
    /// <exception cref="I2VException">The call's own limit, the approval or the day's budget stands against it.</exception>
    internal void Require(SqlSession session, decimal estimate, Approval approval, DateTimeOffset now)
    {
        if (estimate == 0)
        {
            return;
        }
        var price = ApprovalRequiredException.InWords(estimate, approval.For);
        if (estimate > approval.MaxCostUsd)
        {
            throw new I2VException(
                ErrorCode.OverBudget,
                $"{price}, and max_cost_usd is {approval.MaxCostUsd:0.00##}. Raise it, or ask for less: fewer " +
                    "variants, shorter clips, quality draft. Nothing was spent.",
                "max_cost_usd");
        }
        session.LockForWrite(WriteLock.Spending);
        var today = Ledger.Committed(session, SqlRow.Day(now));
        if (today + estimate > DailyUsd)
        {
            throw new I2VException(ErrorCode.OverBudget, $"{price}; {Dollars.InWords(today)} of today's {Dollars.InWords(DailyUsd)} " +
                "is spent or reserved. Raise I2V__Budget__DailyUsd, or wait for tomorrow (UTC). Nothing was spent.");
        }
        if (estimate > ApproveAboveUsd && !(approval.ApprovedUsd >= estimate))
        {
            throw new ApprovalRequiredException(estimate, ApproveAboveUsd, approval.For);
        }
    }
}
