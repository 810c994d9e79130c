using McpI2V.Engine.Generation;
using McpI2V.Engine.Jobs;
using McpI2V.Engine.Jobs.Lanes;
using McpI2V.Engine.Jobs.Queueing;
using McpI2V.Engine.Spending;
using McpI2V.Engine.Storage.Sql;
using McpI2V.Engine.Storage.Sqlite;
using McpI2V.Media.Camera;
using Microsoft.Extensions.Logging.Abstractions;

namespace McpI2V.Engine.Tests;

/// <summary>A real database in a folder of its own.</summary>
public sealed class TestDatabase : IDisposable
{
    public TestDatabase(BudgetOptions? budget = null)
    {
        Options = new LibraryOptions { Home = Directory.CreateTempSubdirectory("i2v-engine-").FullName };
        Database = new LibraryDatabase(new SqliteSource(Options));
        Budget = budget ?? new BudgetOptions();
        Queue = new JobQueue(Database, Budget, Lanes, new JobSignal(), TimeProvider.System);
        Jobs = new JobStore(Database, TimeProvider.System);
    }

    /// <summary>No provider is configured: a provider's jobs go by its name.</summary>
    public static JobLanes Lanes { get; } = new([], [], new UntilWritten(TimeProvider.System, NullLogger<UntilWritten>.Instance));

    public LibraryOptions Options { get; }

    public LibraryDatabase Database { get; }

    public BudgetOptions Budget { get; }

    public JobQueue Queue { get; }

    public JobStore Jobs { get; }

    public static NewJob Paid(decimal usd, long seed = 0) => new()
    {
        Tool = "animate_image",
        Title = "a clip",
        Request = new AnimateRequest { Image = "still-1", Move = CameraMove.PushIn, Width = 1080, Height = 1920, Seed = seed },
        Provider = "vendor",
        Model = "vendor:model",
        EstimatedCostUsd = usd,
    };

    public void Dispose()
    {
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        Directory.Delete(Options.Home, recursive: true);
    }
}
