using McpI2V.Engine.Storage.Sql;

namespace McpI2V.Engine.Storage.Sqlite;

/// <summary>What SQLite says in its own way.</summary>
internal sealed class SqliteDialect : SqlDialect
{
    internal override string Like => "LIKE";

    internal override string JsonText(string column, string member) => $"json_extract({column}, '$.{member}')";

    // A transaction that writes has the whole file from its start: nobody else writes meanwhile.
    internal override void Lock(SqlSession session, WriteLock what)
    {
    }
}
