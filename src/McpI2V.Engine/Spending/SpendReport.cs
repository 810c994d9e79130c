using McpI2V.Engine.Storage.Sql;

namespace McpI2V.Engine.Spending;

/// <summary>Reads the ledger.</summary>
public sealed class SpendReport(LibraryDatabase database, BudgetOptions budget, TimeProvider time)
{
    /// <summary>Every line, newest day first.</summary>
    public IReadOnlyList<SpendLine> Lines() => database.Read(Ledger.Lines);

    /// <summary>What is spent and reserved today, and the day's budget.</summary>
    public (decimal CommittedUsd, decimal BudgetUsd) Today() =>
        (database.Read(s => Ledger.Committed(s, SqlRow.Day(time.GetUtcNow()))), budget.DailyUsd);
}
