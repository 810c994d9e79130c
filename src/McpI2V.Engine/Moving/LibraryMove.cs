using McpI2V.Engine.Catalogue;
using McpI2V.Engine.Jobs.Lanes;
using McpI2V.Engine.Library;
using McpI2V.Engine.Spending;
using McpI2V.Engine.Storage.Files;
using McpI2V.Engine.Storage.Sql;
using McpI2V.Engine.Storage.Sqlite;

namespace McpI2V.Engine.Moving;

/// <summary>
/// Moves an embedded library's rows and shared documents to a database that nodes share: all in one transaction there, while nobody can
/// write here, and every row compared before it counts. Then the file is put aside, so that no program goes on with jobs that have moved.
/// </summary>
/// <param name="options">The embedded library.</param>
/// <param name="to">Where it goes.</param>
/// <param name="documents">Its shared documents, and those of the new place.</param>
/// <param name="media">Where its files are.</param>
public sealed class LibraryMove(
    LibraryOptions options,
    LibraryDatabase to,
    (ISharedDocuments From, ISharedDocuments To) documents,
    IMediaStore media)
{
    /// <summary>The database file's name once its rows have moved.</summary>
    public string PutAside => Path.Combine(options.Home, "library.moved.db");

    /// <summary>Moves it.</summary>
    /// <param name="names">The shared documents of the program.</param>
    /// <param name="cancellationToken">Ends the comparing of files; rows have moved then, or not.</param>
    /// <exception cref="I2VException">It is in use, there is another library already, or rows differ; nothing was moved.</exception>
    public async Task<LibraryMoved> MoveAsync(IReadOnlyList<string> names, CancellationToken cancellationToken)
    {
        if (!File.Exists(options.Database))
        {
            throw new I2VException(ErrorCode.NotFound, File.Exists(PutAside)
                ? $"The library in {options.Home} has moved already ({PutAside} is what it was)."
                : $"There is no library in {options.Home}. Set I2V_HOME to the folder that has library.db.");
        }
        using var alone = RunnerLock.TakeAll(options) ?? throw new I2VException(
            ErrorCode.StorageFull,
            $"A server still works on the library in {options.Home}. Close the assistants and servers that use it, then move it. Nothing " +
                "was moved.");
        IReadOnlyList<TableSum> sums;
        IReadOnlyList<SpendLine> ledger;
        using (var embedded = new SqliteSource(options))
        {
            // Who writes here waits until this is over.
            (sums, ledger) = new LibraryDatabase(embedded).Write(
                source => (to.Write(target => Moved(source, target)), Ledger.Lines(source)));
        }
        foreach (var name in names.Prepend(LearnedModels.Document))
        {
            if (documents.From.Read(name) is { } content)
            {
                documents.To.Write(name, content);
            }
        }
        var faults = await FaultsAsync(cancellationToken);
        File.Move(options.Database, PutAside);
        return new LibraryMoved(
            sums.ToDictionary(s => s.Table, s => s.Rows, StringComparer.Ordinal),
            ledger.Sum(l => l.SpentUsd),
            ledger.Sum(l => l.ReservedUsd),
            faults);
    }

    private List<TableSum> Moved(SqlSession source, SqlSession target)
    {
        var tables = LibraryTables.Of(source);
        var (here, there) = (Sums(source, tables), Sums(target, tables));
        // One that was moved, and whose file was not put aside any more.
        if (there.SequenceEqual(here))
        {
            return here;
        }
        if (there.Sum(s => s.Rows) is > 0 and var rows)
        {
            throw new I2VException(
                ErrorCode.InvalidArgument,
                $"The database has another library already ({rows} rows). Name an empty database, or a schema of its own " +
                    "(Search Path=...) in I2V__Storage__Postgres. Nothing was moved.");
        }
        Copy(source, target, tables);
        return Sums(target, tables).Except(here).FirstOrDefault() is { } differs
            ? throw new I2VException(
                ErrorCode.StorageFull,
                $"Rows of {differs.Table} did not arrive as they were. Nothing was moved; the library in {options.Home} is as it was.")
            : here;
    }

    private static List<TableSum> Sums(SqlSession session, IEnumerable<string> tables) =>
        [.. tables.Select(t => LibraryTables.Sum(session, t))];

    private static void Copy(SqlSession source, SqlSession target, IEnumerable<string> tables)
    {
        // Rows of one table name each other in any order.
        target.Execute("SET CONSTRAINTS ALL DEFERRED");
        foreach (var table in tables)
        {
            source.Query($"SELECT * FROM {table}", r =>
            {
                LibraryTables.Insert(target, table, r.All());
                return true;
            });
        }
        foreach (var table in target.Query(
            "SELECT table_name FROM information_schema.columns WHERE table_schema = current_schema() AND is_identity = 'YES'",
            r => r.Text("table_name")))
        {
            target.Number($"SELECT setval(pg_get_serial_sequence('{table}', 'id'), COALESCE((SELECT MAX(id) FROM {table}), 0) + 1, false)");
        }
        // Jobs that were left in the middle name terms of there: no new one gets such a number.
        target.Number(
            "SELECT setval(pg_get_serial_sequence('terms', 'id'), 1 + GREATEST((SELECT COALESCE(MAX(term), 0) FROM jobs), " +
                "(SELECT COALESCE(MAX(id), 0) FROM terms)), false)");
    }

    // Every file that a row names is there, and holds what the row says.
    private async Task<IReadOnlyList<string>> FaultsAsync(CancellationToken cancellationToken)
    {
        List<string> faults = [];
        foreach (var (handle, file, sha) in new AssetStore(to).Files())
        {
            var found = media.Holds(file) ? await media.Sha256Async(file, cancellationToken) : null;
            if (found != sha)
            {
                faults.Add($"{handle}: {file} {(found is null ? "is missing" : "holds something else than was put there")}");
            }
        }
        return faults;
    }
}
