using McpI2V.Engine.Jobs;
using McpI2V.Engine.Jobs.Dispatching;
using McpI2V.Engine.Jobs.Lanes;
using McpI2V.Engine.Jobs.Queueing;
using McpI2V.Engine.Spending;
using McpI2V.Engine.Storage.Postgres;
using McpI2V.Engine.Storage.Sql;
using McpI2V.Media.Ffmpeg;
using McpI2V.Media.Processes;
using McpI2V.Servers;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;

namespace McpI2V.Engine.Tests.Jobs.Dispatching;

/// <summary>Quartz.NET's own rows: a queued job's trigger is there if its row is, and in the order in which people take turns.</summary>
public sealed class TriggersOfJobs : IDisposable
{
    private readonly PostgresSource source;
    private readonly LibraryDatabase database;
    private readonly QuartzSchedule schedule;
    private readonly JobQueue queue;

    public TriggersOfJobs()
    {
        var options = new PostgresOptions(TestDatabase.Set(PostgresServer.Shared.NewLibrary()));
        // Nothing is started: triggers are written, and fire nowhere.
        schedule = new QuartzSchedule(
            options,
            new(() => database!),
            new(() => new NodeLanes(
                new NodeOptions(),
                TestDatabase.Lanes,
                new FfmpegRunner(new FfmpegPrograms(), new ProcessPlaces()))),
            new(() => []),
            new(() => throw new InvalidOperationException("nothing fires")),
            TimeProvider.System,
            NullLoggerFactory.Instance);
        source = PostgresSource.WithSchedule(new ServiceCollection()
            .AddSingleton(options)
            .AddSingleton(TimeProvider.System)
            .AddSingleton(new Lazy<IScheduling>(() => schedule))
            .BuildServiceProvider());
        database = new LibraryDatabase(source);
        queue = new JobQueue(database, new BudgetOptions(), TestDatabase.Lanes, new JobSignal(), TimeProvider.System);
    }

    public void Dispose()
    {
        schedule.DisposeAsync().AsTask().GetAwaiter().GetResult();
        source.Dispose();
    }

    [Fact]
    public void What_is_queued_has_its_trigger_in_the_group_of_its_lane()
    {
        queue.Submit(TestDatabase.Paid(0.01m), new Approval(null, null), fresh: false);
        Batch("ann", 2);

        Assert.Equal("job-1 vendor, job-2 vendor/1, job-3 vendor/1", Triggers("execution_group"));
    }

    [Fact]
    public void What_is_not_committed_leaves_none()
    {
        queue.Submit(TestDatabase.Paid(0.01m), new Approval(null, null), fresh: false);
        database.Write(s => s.Execute("DELETE FROM qrtz_simple_triggers") + s.Execute("DELETE FROM qrtz_triggers"));

        // The commit itself fails, after the trigger was written: there is no such batch.
        Assert.Throws<I2VException>(() => database.Write(s =>
        {
            s.Execute("SET CONSTRAINTS ALL DEFERRED");
            s.Execute("UPDATE jobs SET batch = 999");
            s.Due(1);
            return true;
        }));

        Assert.Equal("", Triggers("trigger_state"));
    }

    [Fact]
    public async Task What_has_none_is_given_one()
    {
        Batch("ann", 3);
        database.Write(s => s.Execute("DELETE FROM qrtz_simple_triggers") + s.Execute("DELETE FROM qrtz_triggers"));

        Assert.Equal(3, await schedule.ScheduleLostAsync());
        Assert.Equal(0, await schedule.ScheduleLostAsync());
        Assert.Equal("job-1 WAITING, job-2 WAITING, job-3 WAITING", Triggers("trigger_state"));
    }

    [Fact]
    public void They_fire_in_turn_of_the_people_and_what_somebody_waits_for_goes_first()
    {
        Batch("ann", 3);
        Batch("bob", 2);
        queue.Submit(TestDatabase.Paid(0.01m) with { Owner = "cid" }, new Approval(null, null), fresh: false);

        Assert.Equal("cid, ann, bob, ann, bob, ann", Owners());
    }

    private void Batch(string owner, int count) => queue.SubmitBatch(
        owner,
        "{}",
        [.. Enumerable.Range(0, count).Select(i => TestDatabase.Paid(0.01m) with { Owner = owner, Variant = $"{{\"n\":{i}}}" })],
        new Approval(null, null),
        fresh: false);

    private string Triggers(string column) => string.Join(", ", database.Read(s => s.Query(
        $"SELECT trigger_name || ' ' || {column} AS told FROM qrtz_triggers ORDER BY trigger_name",
        r => r.Text("told"))));

    private string Owners() => string.Join(", ", database.Read(s => s.Query(
        "SELECT owner FROM qrtz_triggers JOIN jobs ON trigger_name = 'job-' || id ORDER BY next_fire_time, id",
        r => r.Text("owner"))));
}
