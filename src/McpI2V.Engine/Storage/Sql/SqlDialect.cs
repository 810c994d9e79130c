namespace McpI2V.Engine.Storage.Sql;

/// <summary>
/// What no statement can say in a way that every database understands. All others are written in SQL that SQLite and PostgreSQL both
/// read: <c>ON CONFLICT</c>, <c>RETURNING</c>, named windows, parameters that stand alone cast to their type, flags as 0 and 1.
/// </summary>
public abstract class SqlDialect
{
    /// <summary>The operator of patterns that takes capitals and small letters for the same.</summary>
    internal abstract string Like { get; }

    /// <summary>Words as a pattern that means their letters, with a backslash as its escape.</summary>
    internal static string Literally(string words) => words
        .Replace("\\", "\\\\", StringComparison.Ordinal)
        .Replace("%", "\\%", StringComparison.Ordinal)
        .Replace("_", "\\_", StringComparison.Ordinal);

    /// <summary>A text member of an object that a column holds as JSON; null where either is missing.</summary>
    internal abstract string JsonText(string column, string member);

    /// <summary>Takes what a write has named, for as long as its transaction lasts.</summary>
    internal abstract void Lock(SqlSession session, WriteLock what);
}
