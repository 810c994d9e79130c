using System.Data.Common;
using System.Globalization;

namespace McpI2V.Engine.Storage.Sql;

/// <summary>One transaction: statements with parameters (<c>@name</c>), never text pasted together.</summary>
internal sealed class SqlSession(DbConnection connection, DbTransaction transaction, SqlDialect dialect, bool writes)
{
    private HashSet<long>? due;

    /// <summary>The jobs whose turn, or that of those after them, may have come by this transaction.</summary>
    public IReadOnlyCollection<long> DueJobs => due ?? [];

    /// <summary>Notes that the turn of a job, or of those after it, may have come.</summary>
    public void Due(long job) => (due ??= []).Add(job);

    /// <summary>How the database says what SQL leaves open.</summary>
    public SqlDialect Dialect => dialect;

    /// <summary>
    /// Makes every other transaction that names the same thing wait until this one is over. What reads and then writes by what it
    /// read names it before the reading: two that do so at once would else both find room for one.
    /// </summary>
    public void LockForWrite(WriteLock what)
    {
        if (!writes)
        {
            throw new InvalidOperationException($"{what} is locked in a transaction that only reads");
        }
        dialect.Lock(this, what);
    }

    /// <summary>Runs a statement and returns how many rows it changed.</summary>
    public int Execute(string sql, params ReadOnlySpan<(string Name, object? Value)> parameters)
    {
        using var command = Command(sql, parameters);
        return command.ExecuteNonQuery();
    }

    /// <summary>Runs a statement and returns its first value as a whole number; null without a row.</summary>
    public long? Number(string sql, params ReadOnlySpan<(string Name, object? Value)> parameters)
    {
        using var command = Command(sql, parameters);
        return command.ExecuteScalar() is { } value and not DBNull ? Convert.ToInt64(value, CultureInfo.InvariantCulture) : null;
    }

    /// <summary>Runs a query and maps its rows.</summary>
    public List<T> Query<T>(string sql, Func<SqlRow, T> map, params ReadOnlySpan<(string Name, object? Value)> parameters)
    {
        using var command = Command(sql, parameters);
        using var reader = command.ExecuteReader();
        var row = new SqlRow(reader);
        List<T> rows = [];
        while (reader.Read())
        {
            rows.Add(map(row));
        }
        return rows;
    }

    private DbCommand Command(string sql, ReadOnlySpan<(string Name, object? Value)> parameters)
    {
        var command = connection.CreateCommand();
        command.Transaction = transaction;
#pragma warning disable CA2100 // Every caller passes a constant; values travel as parameters.
        command.CommandText = sql;
#pragma warning restore CA2100
        foreach (var (name, value) in parameters)
        {
            var parameter = command.CreateParameter();
            parameter.ParameterName = name;
            parameter.Value = value ?? DBNull.Value;
            command.Parameters.Add(parameter);
        }
        return command;
    }
}
