using McpI2V.Engine.Storage.Sql;

namespace McpI2V.Engine.Storage.Postgres;

/// <summary>What PostgreSQL says in its own way.</summary>
internal sealed class PostgresDialect : SqlDialect
{
    internal override string Like => "ILIKE";

    internal override string JsonText(string column, string member) => $"({column}::jsonb ->> '{member}')";

    // Held until the transaction ends. Two names of one number only wait for each other now and then; libraries of one database, each in a
    // schema of its own, do not.
    internal override void Lock(SqlSession session, WriteLock what) => session.Execute(
        "SELECT pg_advisory_xact_lock(hashtextextended(current_schema() || '/' || @name, 0))",
        ("@name", $"{what.Scope}/{what.Name}"));
}
