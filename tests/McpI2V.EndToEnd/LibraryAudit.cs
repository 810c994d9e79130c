using System.Data.Common;
using System.Text.Json.Nodes;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace McpI2V.EndToEnd;

/// <summary>Reads a library from outside, as an auditor would: rows, ledger, files.</summary>
public static class LibraryAudit
{
    /// <summary>Every job: its number, state, the vendor's task, what it cost.</summary>
    public static IReadOnlyList<(long Id, string State, string? Remote, decimal Cost, string? Error, string Model)> Jobs(
        TestLibrary library) => Query(
        library,
        "SELECT id, state, remote, cost_micros, error_message, model FROM jobs ORDER BY id",
        r => (r.GetInt64(0), r.GetString(1), r.IsDBNull(2) ? null : JsonNode.Parse(r.GetString(2))!["id"]!.GetValue<string>(),
            r.GetInt64(3) / 1_000_000m, r.IsDBNull(4) ? null : r.GetString(4), r.GetString(5)));

    /// <summary>In how many terms jobs were done: each is one process's.</summary>
    public static int Terms(TestLibrary library) => Query(library, "SELECT DISTINCT term FROM jobs", r => r.GetInt64(0)).Count;

    /// <summary>What the ledger counts as spent.</summary>
    public static decimal Settled(TestLibrary library) => Query(
        library,
        "SELECT CAST(COALESCE(SUM(amount_micros), 0) AS BIGINT) FROM ledger WHERE entry = 'settle'",
        r => r.GetInt64(0) / 1_000_000m)[0];

    /// <summary>What the ledger still holds in reserve.</summary>
    public static decimal Reserved(TestLibrary library) => Query(
        library,
        "SELECT CAST(COALESCE(SUM(amount_micros), 0) AS BIGINT) FROM ledger l WHERE entry = 'reserve' AND NOT EXISTS (SELECT 1 FROM " +
            "ledger e WHERE e.job = l.job AND e.attempt = l.attempt AND e.entry IN ('settle', 'release'))",
        r => r.GetInt64(0) / 1_000_000m)[0];

    /// <summary>How many jobs somebody has canceled.</summary>
    public static long CalledOff(TestLibrary library) =>
        Query(library, "SELECT COUNT(*) FROM jobs WHERE cancel_requested = 1 OR state = 'canceled'", r => r.GetInt64(0))[0];

    /// <summary>Looks for a secret in every file of a library and in texts; the names of the files that have it.</summary>
    public static IReadOnlyList<string> LeaksOf(string secret, TestLibrary library, params string[] texts)
    {
        var needle = System.Text.Encoding.UTF8.GetBytes(secret);
        List<string> found = [.. Directory.EnumerateFiles(library.Home, "*", SearchOption.AllDirectories).Where(f => Holds(f, needle))];
        found.AddRange(texts
            .Where(t => t.Contains(secret, StringComparison.Ordinal))
            .Select(t => "a text: " + t[..Math.Min(200, t.Length)]));
        return found;
    }

    // What a server that is still ending holds locked or takes away is empty or gone.
    private static bool Holds(string file, byte[] needle)
    {
        try
        {
            return File.ReadAllBytes(file).AsSpan().IndexOf(needle) >= 0;
        }
        catch (IOException)
        {
            return false;
        }
    }

    /// <summary>The nodes of a library that several share.</summary>
    public static int Nodes(TestLibrary library) => Query(library, "SELECT id FROM nodes", r => r.GetString(0)).Count;

    /// <summary>A number that rows tell.</summary>
    public static long Number(TestLibrary library, string sql) => Query(library, sql, r => r.GetInt64(0))[0];

    /// <summary>Changes rows from outside; the number of those that were changed.</summary>
    public static int Change(TestLibrary library, string sql, params (string Name, object Value)[] parameters)
    {
        using var connection = Opened(library);
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        foreach (var (name, value) in parameters)
        {
            var parameter = command.CreateParameter();
            (parameter.ParameterName, parameter.Value) = (name, value);
            command.Parameters.Add(parameter);
        }
        return command.ExecuteNonQuery();
    }

    /// <summary>Takes all jobs for itself, as a backup or a careless administrator does, until it is closed or commits.</summary>
    public static DbConnection Locked(TestLibrary library)
    {
        var connection = Opened(library);
        using var command = connection.CreateCommand();
        command.CommandText = library.Database is null ? "BEGIN EXCLUSIVE" : "BEGIN; LOCK TABLE jobs IN ACCESS EXCLUSIVE MODE";
        command.ExecuteNonQuery();
        return connection;
    }

    // Not read-only: a killed server leaves a journal, and the next one to open the library rolls it back.
    private static DbConnection Opened(TestLibrary library)
    {
        DbConnection connection = library.Database is { } database
            ? new NpgsqlConnection(database + ";Pooling=false")
            : new SqliteConnection(new SqliteConnectionStringBuilder
            {
                DataSource = Path.Combine(library.Home, "library.db"),
                Mode = SqliteOpenMode.ReadWrite,
                Pooling = false,
                DefaultTimeout = 30,
            }.ToString());
        connection.Open();
        return connection;
    }

    private static List<T> Query<T>(TestLibrary library, string sql, Func<DbDataReader, T> map)
    {
        using var connection = Opened(library);
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        using var reader = command.ExecuteReader();
        List<T> rows = [];
        while (reader.Read())
        {
            rows.Add(map(reader));
        }
        return rows;
    }
}
