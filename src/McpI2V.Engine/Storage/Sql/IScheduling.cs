using System.Data.Common;

namespace McpI2V.Engine.Storage.Sql;

/// <summary>Writes down when jobs are to be taken up, in the transaction that makes their turn come.</summary>
internal interface IScheduling
{
    /// <summary>Writes it.</summary>
    /// <param name="session">The transaction.</param>
    /// <param name="transaction">The same, as the driver has it.</param>
    /// <param name="due">The jobs of which it changed whether they are queued, or that others wait for.</param>
    /// <returns>To be let go of after the commit; null: there was nothing to write.</returns>
    IDisposable? Write(SqlSession session, DbTransaction transaction, IReadOnlyCollection<long> due);
}
