using Microsoft.Data.Sqlite;

namespace McpI2V.Engine.Storage.Sqlite;

/// <summary>
/// Sees whether anything was committed, by any process: on a connection that never writes itself, <c>PRAGMA data_version</c> is another
/// number after each commit (sqlite.org/pragma.html).
/// </summary>
internal sealed class SqliteDataVersion(Func<SqliteConnection> open) : IDisposable
{
    private readonly Lock sync = new();
    private SqliteConnection? connection;
    private SqliteCommand? question;

    /// <summary>The number; null if the database can't be asked now.</summary>
    public long? Read()
    {
        lock (sync)
        {
            try
            {
                if (question is null)
                {
                    connection = open();
                    question = connection.CreateCommand();
                    question.CommandText = "PRAGMA data_version";
                }
                return (long)question.ExecuteScalar()!;
            }
            catch (SqliteException)
            {
                Close();
                return null;
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        lock (sync)
        {
            Close();
        }
    }

    private void Close()
    {
        question?.Dispose();
        connection?.Dispose();
        (question, connection) = (null, null);
    }
}
