using System.Data;
using System.Data.Common;
using System.Globalization;
using McpI2V.Engine.Storage.Sql;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace McpI2V.Engine.Storage.Postgres;

/// <summary>
/// A database server that several nodes share. What reads does so on one snapshot; what writes sees what is committed at each statement,
/// and takes a <see cref="WriteLock"/> where it decides by what it reads. A server that goes away in the middle of a transaction has
/// changed nothing: it is waited for, and the work done again. Whether a commit whose answer was lost took place is asked of the server.
/// </summary>
public sealed class PostgresSource : ISqlSource, IDisposable
{
    private static readonly PostgresDialect Own = new();
    private readonly NpgsqlConnectionStringBuilder where;
    private readonly NpgsqlDataSource source;
    private readonly PostgresNews news;
    private readonly TimeProvider time;
    private readonly Lazy<IScheduling>? scheduling;
    private readonly Lock opening = new();
    private const int SweepEvery = 500;
    private readonly ManualResetEventSlim stopped = new();
    private volatile bool migrated;
    private int marks;

    /// <summary>The database of a library; nothing is opened before it is used.</summary>
    public PostgresSource(PostgresOptions options, TimeProvider time)
        : this(options, time, null)
    {
    }

    private PostgresSource(PostgresOptions options, TimeProvider time, Lazy<IScheduling>? scheduling)
    {
        this.scheduling = scheduling;
        where = options.Connection ?? throw new InvalidOperationException("no database is set");
        this.time = time;
        source = new NpgsqlDataSourceBuilder(where.ConnectionString).Build();
        news = new PostgresNews(source, EnsureSchema, time);
    }

    /// <summary>The same, whose transactions also write down when jobs are to be taken up.</summary>
    public static PostgresSource WithSchedule(IServiceProvider services) => new(
        services.GetRequiredService<PostgresOptions>(),
        services.GetRequiredService<TimeProvider>(),
        services.GetRequiredService<Lazy<IScheduling>>());

    /// <summary>How long a database that went away is waited for, as a locked file is.</summary>
    public static TimeSpan Patience { get; } = TimeSpan.FromSeconds(15);

    /// <summary>How long it is waited for where only it knows whether a change was made: acting on a guess could pay twice.</summary>
    public static TimeSpan PatienceInDoubt { get; } = TimeSpan.FromMinutes(10);

    // Marks are kept for much longer than a commit is in doubt.
    private static TimeSpan MarkLifetime { get; } = TimeSpan.FromHours(6);

    /// <inheritdoc/>
    public bool IsShared => true;

    /// <inheritdoc/>
    T ISqlSource.Run<T>(Func<SqlSession, T> work, SqlUse use) => Patiently(
        () =>
        {
            EnsureSchema();
            return Once(work, use);
        },
        Patience,
        MayEnd);

    /// <inheritdoc/>
    public long? Version() => news.Version;

    /// <inheritdoc/>
    public void Listen(Action heard) => news.Listen(heard);

    /// <inheritdoc/>
    public bool IsListening => news.IsHeard;

    /// <inheritdoc/>
    public string CheckIntegrity() => ((ISqlSource)this).Run(
        s => s.Number("SELECT COUNT(*) FROM pg_index i JOIN pg_class c ON c.oid = i.indrelid WHERE NOT i.indisvalid AND " +
            "c.relnamespace = current_schema()::regnamespace") is > 0 and var broken
                ? string.Create(CultureInfo.InvariantCulture, $"{broken} indexes are not valid (REINDEX SCHEMA makes them anew)")
                : "ok",
        SqlUse.Read);

    /// <inheritdoc/>
    public string Describe() => ((ISqlSource)this).Run(
        s => s.Query(
            "SELECT current_setting('server_version') AS version, current_database() AS name, current_schema() AS schema",
            r => $"PostgreSQL {r.Text("version")} at {where.Host}, database {r.Text("name")}, schema {r.Text("schema")}")[0],
        SqlUse.Read);

    /// <inheritdoc/>
    public I2VException Explain(DbException fault)
    {
        var state = (fault as PostgresException)?.SqlState;
        return new(ErrorCode.StorageFull, $"{InWords(fault, state)} Nothing was changed.", null, fault)
        {
            IsLocked = fault.IsTransient && state != PostgresErrorCodes.DiskFull,
        };
    }

    /// <summary>Lets go of every connection.</summary>
    public void Dispose()
    {
        stopped.Set();
        news.Dispose();
        source.Dispose();
    }

    private string InWords(DbException fault, string? state) => state switch
    {
        PostgresErrorCodes.InvalidPassword or PostgresErrorCodes.InvalidAuthorizationSpecification =>
            $"PostgreSQL at {where.Host} refuses the user or password of I2V__Storage__Postgres. Correct them and start the server again.",
        PostgresErrorCodes.InvalidCatalogName =>
            $"PostgreSQL at {where.Host} has no database {where.Database}. Make it (createdb {where.Database}), or correct " +
                "I2V__Storage__Postgres.",
        PostgresErrorCodes.InsufficientPrivilege =>
            $"The user of I2V__Storage__Postgres may not do this at {where.Host}: {fault.Message}. Grant it CREATE on the database.",
        PostgresErrorCodes.TooManyConnections =>
            $"PostgreSQL at {where.Host} has no connection left. Raise its max_connections, or set a smaller Maximum Pool Size in " +
                "I2V__Storage__Postgres of each node.",
        PostgresErrorCodes.DiskFull => $"The disk of PostgreSQL at {where.Host} is full. Make room there and ask again.",
        PostgresErrorCodes.QueryCanceled or PostgresErrorCodes.LockNotAvailable or PostgresErrorCodes.DeadlockDetected =>
            $"PostgreSQL at {where.Host} was too busy to answer within {Patience.TotalSeconds:0} s. Ask again.",
        PostgresErrorCodes.ReadOnlySqlTransaction =>
            $"PostgreSQL at {where.Host} takes no writes now: it is a copy, or is being switched over. Ask again in a moment.",
        { } other when !fault.IsTransient => $"PostgreSQL at {where.Host} failed ({other}: {fault.Message}). Run ./i2v doctor.",
        _ => $"PostgreSQL at {where.Host} can't be reached. See that it runs, and ask again.",
    };

    private T Once<T>(Func<SqlSession, T> work, SqlUse use)
    {
        var writes = use != SqlUse.Read;
        using var connection = source.OpenConnection();
        try
        {
            using var transaction = connection.BeginTransaction(writes ? IsolationLevel.ReadCommitted : IsolationLevel.RepeatableRead);
            var session = new SqlSession(connection, transaction, Own, writes);
            var result = work(session);
            using var scheduled = session.DueJobs.Count > 0 ? scheduling?.Value.Write(session, transaction, session.DueJobs) : null;
            var mark = writes ? Mark(session, use) : null;
            try
            {
                transaction.Commit();
            }
            catch (DbException) when (mark is not null)
            {
                if (!DidCommit(mark))
                {
                    throw;
                }
            }
            finally
            {
                if (mark is not null && use == SqlUse.Write)
                {
                    news.HearOwn();
                }
            }
            return result;
        }
        catch (NpgsqlException e) when (e is not PostgresException || e.IsTransient)
        {
            // What is idle in the pool was lost with it.
            NpgsqlConnection.ClearPool(connection);
            throw;
        }
    }

    // A row of its own, by which what a transaction wrote is known to be there. (The number of a transaction would not do: a server that
    // crashes may give it to another.) What changed nothing leaves none, and is not waited for. Other nodes are told with it: the server
    // tells them when the transaction is committed, and does not when it is not.
    private string? Mark(SqlSession session, SqlUse use)
    {
        var mark = Guid.NewGuid().ToString("n");
        var now = time.GetUtcNow().ToUnixTimeMilliseconds();
        var isMarked = session.Query(
            "INSERT INTO commits (id, at) SELECT @id, @now WHERE pg_current_xact_id_if_assigned() IS NOT NULL RETURNING " +
                (use == SqlUse.Write ? PostgresNews.Tell : "id"),
            _ => true,
            ("@id", mark),
            ("@now", now),
            ("@node", news.Own)).Count == 1;
        if (isMarked && Interlocked.Increment(ref marks) % SweepEvery == 0)
        {
            session.Execute("DELETE FROM commits WHERE at < @old", ("@old", now - (long)MarkLifetime.TotalMilliseconds));
        }
        return isMarked ? mark : null;
    }

    // While the transaction still runs, because the server has not noticed that nobody is there, a row of the same name waits for it: then
    // whatever ends the wait says nothing, and it is asked again. What is never told is no fault that work may be done again after.
    private bool DidCommit(string mark)
    {
        try
        {
            return Patiently(
                () =>
                {
                    using var connection = source.OpenConnection();
                    using var transaction = connection.BeginTransaction(IsolationLevel.ReadCommitted);
                    var session = new SqlSession(connection, transaction, Own, writes: true);
                    var isNew = session.Execute(
                        "INSERT INTO commits (id, at) VALUES (@id, 0) ON CONFLICT (id) DO NOTHING",
                        ("@id", mark)) == 1;
                    transaction.Rollback();
                    return !isNew;
                },
                PatienceInDoubt,
                _ => true);
        }
        catch (DbException e)
        {
            throw new I2VException(
                ErrorCode.StorageFull,
                $"PostgreSQL at {where.Host} went away while a change was written, and whether it was made can't be asked. See that it " +
                    "runs, and look at what is there before you ask again.",
                null,
                e);
        }
    }

    private T Patiently<T>(Func<T> work, TimeSpan patience, Func<DbException, bool> mayEnd)
    {
        var began = time.GetTimestamp();
        for (var pause = 50; ; pause = Math.Min(pause * 2, 1000))
        {
            try
            {
                return work();
            }
            catch (DbException e) when (mayEnd(e) && time.GetElapsedTime(began) < patience)
            {
                if (stopped.Wait(pause))
                {
                    throw;
                }
            }
        }
    }

    // A deadlock's victim, a server that starts or stops or is switched over, a connection that broke: it passes.
    private static bool MayEnd(DbException fault) => fault switch
    {
        PostgresException { SqlState: PostgresErrorCodes.DiskFull or PostgresErrorCodes.LockNotAvailable } => false,
        PostgresException { SqlState: PostgresErrorCodes.ReadOnlySqlTransaction } => true,
        _ => fault.IsTransient,
    };

    private void EnsureSchema()
    {
        if (migrated)
        {
            return;
        }
        lock (opening)
        {
            if (!migrated)
            {
                Migrate();
                migrated = true;
            }
        }
    }

    // Nodes that start at once wait for each other. A program of before goes on beside a newer one for as long as the newer's tables say
    // that they can be read by it: what a script adds it must not need, and what nobody needs any more the next version takes away.
    private void Migrate()
    {
        using var connection = source.OpenConnection();
        using var transaction = connection.BeginTransaction(IsolationLevel.ReadCommitted);
        var session = new SqlSession(connection, transaction, Own, writes: true);
        var schema = where.SearchPath is { Length: > 0 } path ? path.Split(',')[0].Trim().Trim('"') : null;
        session.Execute(
            "SELECT pg_advisory_xact_lock(hashtextextended('mcp-i2v tables/' || @schema, 0))",
            ("@schema", schema ?? "public"));
        if (schema is not null)
        {
            session.Execute($"CREATE SCHEMA IF NOT EXISTS \"{schema.Replace("\"", "\"\"", StringComparison.Ordinal)}\"");
        }
        session.Execute("CREATE TABLE IF NOT EXISTS schema_versions (version BIGINT PRIMARY KEY, readable_from BIGINT NOT NULL)");
        var known = session.Query(
            "SELECT version, readable_from FROM schema_versions ORDER BY version DESC LIMIT 1",
            r => (Version: r.Number("version"), ReadableFrom: r.Number("readable_from"))).FirstOrDefault();
        if (known.ReadableFrom > LibrarySchema.Current)
        {
            throw new I2VException(
                ErrorCode.StorageFull,
                $"The library in PostgreSQL at {where.Host} is of version {known.Version}, and this program knows up to " +
                    $"{LibrarySchema.Current}. Update the program; the library was not touched.");
        }
        foreach (var (version, readableFrom) in PostgresVersions.After(known.Version))
        {
            session.Execute(LibrarySchema.Script("postgres", version));
            session.Execute(
                "INSERT INTO schema_versions (version, readable_from) VALUES (@version, @from)",
                ("@version", version),
                ("@from", readableFrom));
        }
        transaction.Commit();
    }
}
