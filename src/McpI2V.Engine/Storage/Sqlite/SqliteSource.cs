using System.Data.Common;
using System.Globalization;
using System.Runtime.CompilerServices;
using McpI2V.Engine.Storage.LocalFiles;
using McpI2V.Engine.Storage.Sql;
using Microsoft.Data.Sqlite;

namespace McpI2V.Engine.Storage.Sqlite;

/// <summary>
/// The embedded database, one file in the library's folder. Several processes share it, so every write takes the lock at its
/// start, waits for others, and is flushed to the disk before it counts.
/// </summary>
public sealed class SqliteSource : ISqlSource, IDisposable
{
    /// <summary>The first SQLite version whose write-ahead log is safe with several processes (sqlite.org, 2026-03-13).</summary>
    public const int SafeWalVersion = 3_051_003;

    private static readonly SqliteDialect Own = new();
    private readonly LibraryOptions options;
    private readonly string where;
    private readonly SqliteDataVersion version;
    private readonly Lock opening = new();
    private readonly ConditionalWeakTable<object, object> told = [];
    private volatile bool migrated;

    /// <summary>The database of a library; nothing is opened before it is used.</summary>
    public SqliteSource(LibraryOptions options)
    {
        this.options = options;
        where = new SqliteConnectionStringBuilder { DataSource = options.Database, Pooling = true, DefaultTimeout = 15 }.ConnectionString;
        version = new SqliteDataVersion(Open);
    }

    /// <inheritdoc/>
    public bool IsShared => false;

    /// <inheritdoc/>
    T ISqlSource.Run<T>(Func<SqlSession, T> work, SqlUse use)
    {
        var writes = use != SqlUse.Read;
        using var connection = Open();
        using var transaction = connection.BeginTransaction(deferred: !writes);
        var result = work(new SqlSession(connection, transaction, Own, writes));
        transaction.Commit();
        return result;
    }

    /// <inheritdoc/>
    public long? Version() => version.Read();

    /// <summary>A file tells nobody: its rows are looked at.</summary>
    public void Listen(Action heard)
    {
    }

    /// <inheritdoc/>
    public bool IsListening => false;

    /// <summary>Lets go of the file.</summary>
    public void Dispose()
    {
        version.Dispose();
        using var any = new SqliteConnection(where);
        SqliteConnection.ClearPool(any);
    }

    /// <inheritdoc/>
    public string CheckIntegrity() => ((ISqlSource)this).Run(
        s => string.Join("; ", s.Query("PRAGMA integrity_check(5)", r => r.Text("integrity_check"))),
        SqlUse.Read);

    /// <inheritdoc/>
    public string Describe()
    {
        var version = SqliteNative.Version;
        var journal = version >= SafeWalVersion ? "write-ahead log" : "rollback journal (the write-ahead log is safe from 3.51.3 on)";
        return string.Create(
            CultureInfo.InvariantCulture,
            $"SQLite {version / 1_000_000}.{version / 1000 % 1000}.{version % 1000}, {journal}");
    }

    /// <inheritdoc/>
    public I2VException Explain(DbException fault) => new(
        ErrorCode.StorageFull,
        // 5 busy, 6 locked, 8 read-only, 10 I/O, 11 corrupt, 13 full, 14 can't open, 26 not a database (sqlite.org/rescode.html).
        (fault as SqliteException)?.SqliteErrorCode switch
        {
            5 or 6 => "library.db is locked by another program for more than 15 s. " +
                "Close what holds it (a backup, a database viewer) and ask again. Nothing was changed.",
            8 or 14 => "library.db can't be written or opened. Make the library folder writable, or set I2V_HOME to another folder.",
            11 or 26 => "library.db is damaged. It was left as it is, and so were all files under media/. Run ./i2v doctor; " +
                "restore a backup, or move library.db aside yourself to begin a new one.",
            13 => "The disk is full. Free some space and ask again. Nothing was lost.",
            _ => $"The library's database failed ({(fault as SqliteException)?.SqliteErrorCode}: {fault.Message}). Run ./i2v doctor.",
        },
        null,
        fault) { IsLocked = fault is SqliteException { SqliteErrorCode: 5 or 6 } };

    internal SqliteConnection Open()
    {
        EnsureSchema();
        return OpenFile();
    }

    private void EnsureSchema()
    {
        if (migrated)
        {
            return;
        }
        lock (opening)
        {
            if (migrated)
            {
                return;
            }
            SqliteNative.Load();
            try
            {
                PrivateFiles.CreateFolder(options.Home);
                // SQLite gives its journal the rights of the database.
                PrivateFiles.Ensure(options.Database);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                throw I2VException.FromDisk(e)
                    ?? new I2VException(
                        ErrorCode.StorageFull,
                        $"The library folder {options.Home} can't be made: {e.Message}. Set I2V_HOME to a folder that can be written.",
                        null,
                        e);
            }
            using var connection = OpenFile();
            SetJournal(connection);
            Migrate(connection);
            migrated = true;
        }
    }

    private SqliteConnection OpenFile()
    {
        var connection = new PooledConnection(where);
        try
        {
            connection.Open();
            SetUp(connection);
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    // A handle of the pool keeps what it was told.
    private void SetUp(SqliteConnection connection)
    {
        if (connection.Handle is { } handle && !told.TryGetValue(handle, out _))
        {
            Run(connection, "PRAGMA busy_timeout=15000; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;");
            told.TryAdd(handle, handle);
        }
    }

    private static void SetJournal(SqliteConnection connection) =>
        Run(connection, SqliteNative.Version >= SafeWalVersion ? "PRAGMA journal_mode=WAL;" : "PRAGMA journal_mode=DELETE;");

    private static void Migrate(SqliteConnection connection)
    {
        using var transaction = connection.BeginTransaction(deferred: false);
        var session = new SqlSession(connection, transaction, Own, writes: true);
        var version = session.Number("PRAGMA user_version") ?? 0;
        if (version > LibrarySchema.Current)
        {
            throw new I2VException(ErrorCode.StorageFull, $"library.db is of version {version}, and this program knows up " +
                $"to {LibrarySchema.Current}. Update the program, or set I2V_HOME to another folder; the library was not touched.");
        }
        for (var next = version + 1; next <= LibrarySchema.Current; next++)
        {
            session.Execute(LibrarySchema.Script("schema", (int)next));
            session.Execute(string.Create(null, $"PRAGMA user_version={next}"));
        }
        transaction.Commit();
    }

    private static void Run(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
#pragma warning disable CA2100 // Constants only.
        command.CommandText = sql;
#pragma warning restore CA2100
        command.ExecuteNonQuery();
    }
}
