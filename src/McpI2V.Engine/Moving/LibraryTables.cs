using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using McpI2V.Engine.Storage.Sql;

namespace McpI2V.Engine.Moving;

/// <summary>The tables of a library as rows, whatever they mean.</summary>
internal static class LibraryTables
{
    /// <summary>
    /// Their names, as the embedded library tells them: none that comes can be forgotten. Which processes run jobs is no part of a library.
    /// </summary>
    public static List<string> Of(SqlSession embedded) => embedded.Query(
        "SELECT name FROM sqlite_master WHERE type = 'table' AND substr(name, 1, 7) <> 'sqlite_' AND name NOT IN ('nodes', 'terms') " +
            "ORDER BY name",
        r => r.Text("name"));

    /// <summary>Writes a row as it is.</summary>
    public static void Insert(SqlSession session, string table, (string Column, object? Value)[] row) => session.Execute(
        $"INSERT INTO {table} ({string.Join(", ", row.Select(v => v.Column))}) " +
            $"VALUES ({string.Join(", ", row.Select(v => "@" + v.Column))})",
        [.. row.Select(v => ("@" + v.Column, v.Value))]);

    /// <summary>How many rows a table has, and what they hold as a number: equal only for the same rows, in whichever order.</summary>
    public static TableSum Sum(SqlSession session, string table)
    {
        var rows = session.Query($"SELECT * FROM {table}", r => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(
            string.Join('\n', r.All().OrderBy(v => v.Column, StringComparer.Ordinal).Select(v => $"{v.Column}={InWords(v.Value)}"))))));
        rows.Sort(StringComparer.Ordinal);
        return new TableSum(table, rows.Count, Convert.ToHexStringLower(SHA256.HashData(Encoding.ASCII.GetBytes(string.Concat(rows)))));
    }

    // A text may hold what divides columns here: its length goes before it.
    private static string InWords(object? value) => value switch
    {
        null => "null",
        string text => string.Create(CultureInfo.InvariantCulture, $"{text.Length}:{text}"),
        IFormattable number => number.ToString(null, CultureInfo.InvariantCulture),
        _ => throw new InvalidOperationException($"a column holds a {value.GetType().Name}"),
    };
}

/// <summary>What a table holds, to be compared.</summary>
internal sealed record TableSum(string Table, int Rows, string Sha256);
