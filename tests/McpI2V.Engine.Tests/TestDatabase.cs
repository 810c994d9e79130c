using McpI2V.Engine.Generation;
using McpI2V.Engine.Jobs;
using McpI2V.Engine.Jobs.Lanes;
using McpI2V.Engine.Jobs.Queueing;
using McpI2V.Engine.Spending;
using McpI2V.Engine.Storage.Postgres;
using McpI2V.Engine.Storage.Sql;
using McpI2V.Engine.Storage.Sqlite;
using McpI2V.Media;
using McpI2V.Media.Camera;
using McpI2V.Servers;
using Microsoft.Extensions.Logging.Abstractions;

namespace McpI2V.Engine.Tests;

/// <summary>A real database: the embedded one in a folder of its own, or a schema of its own at a server.</summary>
public sealed class TestDatabase : IDisposable
{
    private static readonly bool OnServer = (Environment.GetEnvironmentVariable("I2V_TEST_STORAGE") ?? "").Split(',').Contains("postgres");
    private readonly PostgresSource? server;

    public TestDatabase(BudgetOptions? budget = null, bool? onServer = null)
    {
        Options = new LibraryOptions { Home = Directory.CreateTempSubdirectory("i2v-engine-").FullName };
        server = onServer ?? OnServer ? NewLibrary() : null;
        Database = new LibraryDatabase(server is null ? new SqliteSource(Options) : server);
        Budget = budget ?? new BudgetOptions();
        Queue = new JobQueue(Database, Budget, Lanes, new JobSignal(), TimeProvider.System);
        Jobs = new JobStore(Database, TimeProvider.System);
        Terms = new TermStore(Database);
    }

    /// <summary>No provider is configured: a provider's jobs go by its name.</summary>
    public static JobLanes Lanes { get; } = new([], [], new UntilWritten(TimeProvider.System, NullLogger<UntilWritten>.Instance));

    public LibraryOptions Options { get; }

    public LibraryDatabase Database { get; }

    public BudgetOptions Budget { get; }

    public JobQueue Queue { get; }

    public JobStore Jobs { get; }

    internal TermStore Terms { get; }

    public static NewJob Paid(decimal usd, long seed = 0) => new()
    {
        Tool = "animate_image",
        Title = "a clip",
        Request = new AnimateRequest { Image = "still-1", Move = CameraMove.PushIn, Width = 1080, Height = 1920, Seed = seed },
        Provider = "vendor",
        Model = "vendor:model",
        EstimatedCostUsd = usd,
    };

    /// <summary>An empty library at the shared server.</summary>
    public static PostgresSource NewLibrary() => Reached(PostgresServer.Shared.NewLibrary());

    /// <summary>The library that a connection leads to.</summary>
    public static PostgresSource Reached(string connection) => new(new PostgresOptions(Set(connection)), TimeProvider.System);

    /// <summary>Settings that name a connection.</summary>
    public static SettingsSection Set(string connection) => new("Storage", key => key == "Storage:Postgres" ? connection : null);

    public void Dispose()
    {
        server?.Dispose();
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        Directory.Delete(Options.Home, recursive: true);
    }
}
