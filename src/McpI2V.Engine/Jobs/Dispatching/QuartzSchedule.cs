using System.Data.Common;
using System.Globalization;
using McpI2V.Engine.Jobs.Lanes;
using McpI2V.Engine.Storage.Postgres;
using McpI2V.Engine.Storage.Sql;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Npgsql;
using Quartz;

namespace McpI2V.Engine.Jobs.Dispatching;

/// <summary>
/// The triggers of queued jobs in Quartz.NET's tables (<c>qrtz_</c>), clustered over the library's own database. A trigger is written in
/// the transaction that queues its job, and fires at one node, of those that serve its group: a lane, for each priority one. Its time lies
/// in the past, so that it fires as soon as there is room, and says whose turn it is: what somebody waits for, then whoever had less.
/// </summary>
internal sealed class QuartzSchedule(
    PostgresOptions postgres,
    Lazy<LibraryDatabase> database,
    Lazy<NodeLanes> lanes,
    Lazy<IEnumerable<IJobRun>> runs,
    Lazy<QuartzDispatch> dispatch,
    TimeProvider time,
    ILoggerFactory logs) : IScheduling, IAsyncDisposable
{
    private const string Name = "mcp-i2v";
    private const string Group = "jobs";
    // Quartz holds as many tasks as run here at most; lanes hold what runs within bounds.
    private const int MostAtOnce = 50_000;
    private const int MostAtATime = 20;
    private static readonly DateTimeOffset FirstTurn = new(2000, 1, 1, 0, 0, 0, TimeSpan.Zero);
    // At one turn a second, more turns than will ever be queued at once.
    private static readonly TimeSpan BetweenPriorities = TimeSpan.FromDays(2_000);
    private static readonly JobKey Job = new("take-up", Group);
    private static readonly TriggerKey NoTrigger = new("none", "none");
    private readonly DatabaseClock clock = new(time);
    private readonly Lock building = new();
    private Task<IScheduler>? scheduler;

    /// <summary>Begins to fire what is due here.</summary>
    public async Task StartAsync() => await (await SchedulerAsync()).Start();

    /// <summary>Fires nothing more.</summary>
    public async Task StandByAsync()
    {
        if (scheduler is { IsCompletedSuccessfully: true } built)
        {
            await (await built).Standby();
        }
    }

    /// <summary>Leaves the cluster.</summary>
    public async ValueTask DisposeAsync()
    {
        if (scheduler is { IsCompletedSuccessfully: true } built)
        {
            await (await built).Shutdown();
        }
    }

    /// <summary>
    /// Looks at once: another node has written triggers. (What is said to a trigger that is not there wakes the scheduler.)
    /// </summary>
    public async Task WakeAsync() => await (await SchedulerAsync()).ResumeTrigger(NoTrigger);

    /// <summary>Has a job that could not be taken up looked at again after a while.</summary>
    public async Task PutBackAsync(Job job, TimeSpan after)
    {
        var own = await SchedulerAsync();
        await own.ScheduleJob(
            Trigger(job.Id, job.Lane, job.Priority, clock.GetUtcNow() + after),
            new ScheduleJobOptions { Replace = true });
    }

    /// <summary>Has what is queued and has no trigger given one; returns how many there were.</summary>
    public async Task<int> ScheduleLostAsync()
    {
        // Its tables are made with it.
        await SchedulerAsync();
        return database.Value.Write(s =>
        {
            clock.Learn(s);
            var lost = WithoutTrigger(s);
            foreach (var id in lost)
            {
                s.Due(id);
            }
            return lost.Count;
        });
    }

    private static List<long> WithoutTrigger(SqlSession session) => session.Query(
        $"SELECT id FROM jobs WHERE state = 'queued' AND {JobRows.Ready} AND NOT EXISTS (SELECT 1 FROM qrtz_triggers t " +
            "WHERE t.sched_name = @name AND t.trigger_name = 'job-' || jobs.id AND t.trigger_group = @group)",
        r => r.Number("id"),
        ("@name", Name),
        ("@group", Group));

    /// <inheritdoc/>
    public IDisposable? Write(SqlSession session, DbTransaction transaction, IReadOnlyCollection<long> due)
    {
        var ids = string.Join(", ", due);
        var triggers = session.Query(
            $"SELECT id, lane, priority, turn FROM jobs WHERE state = 'queued' AND {JobRows.Ready} AND (id IN ({ids}) OR after IN ({ids}))",
            r => Trigger(
                r.Number("id"),
                r.Text("lane"),
                (int)r.Number("priority"),
                FirstTurn + BetweenPriorities * r.Number("priority") + TimeSpan.FromSeconds(r.Number("turn"))));
        if (triggers.Count == 0)
        {
            return null;
        }
        var own = SchedulerAsync().GetAwaiter().GetResult();
        var enlisted = own.EnlistTransaction(transaction);
        try
        {
            foreach (var trigger in triggers)
            {
                // The library's transactions are synchronous.
                own.ScheduleJob(trigger, new ScheduleJobOptions { Replace = true }).AsTask().GetAwaiter().GetResult();
            }
            return enlisted;
        }
        catch
        {
            enlisted.Dispose();
            throw;
        }
    }

    private static ITrigger Trigger(long id, string lane, int priority, DateTimeOffset at) => TriggerBuilder.Create()
        .WithIdentity(Jobs.Job.NameOf(id), Group)
        .ForJob(Job)
        .WithExecutionGroup(GroupOf(lane, priority))
        .UsingJobData(DueJob.Id, id.ToString(CultureInfo.InvariantCulture))
        .WithSimpleSchedule(s => s.WithMisfireInstruction(SimpleTriggerMisfireInstruction.IgnoreMisfires))
        .StartAt(at)
        .Build();

    private static string GroupOf(string lane, int priority) => priority == 0 ? lane : $"{lane}/{priority}";

    // One that can't be built, because the database is away, is tried again by the next use.
    private Task<IScheduler> SchedulerAsync()
    {
        lock (building)
        {
            return scheduler is { IsFaulted: false, IsCanceled: false } ? scheduler : scheduler = Task.Run(BuildAsync);
        }
    }

    private async Task<IScheduler> BuildAsync()
    {
        var rooms = (await lanes.Value.OwnAsync(CancellationToken.None))
            .SelectMany(l => new[] { 0, 1 }.Select(p => (
                Group: GroupOf(l.Lane, p),
                Room: IJobRun.Of(runs.Value, l.Provider).RoomFor(l.Provider, p))))
            .ToList();
        // Nodes that start at once make the tables one after another.
        await using var alone = new NpgsqlConnection(postgres.Connection!.ConnectionString);
        await alone.OpenAsync();
        await using var turn = await alone.BeginTransactionAsync();
        await using (var command = new NpgsqlCommand(
            "SELECT pg_advisory_xact_lock(hashtextextended('mcp-i2v triggers/' || current_schema(), 0))",
            alone,
            turn))
        {
            await command.ExecuteNonQueryAsync();
        }
        var own = await QuartzSchedulerBuilder.Create(quartz => Configure(quartz, rooms)).BuildScheduler();
        await own.AddJob(
            JobBuilder.Create<DueJob>().WithIdentity(Job).StoreDurably().RequestRecovery().Build(),
            new AddJobOptions { Replace = true });
        return own;
    }

    private void Configure(IQuartzBuilder quartz, List<(string Group, LaneRoom Room)> rooms)
    {
        quartz.Services.AddSingleton(logs).AddSingleton(_ => dispatch.Value);
        quartz.UseTimeProvider(clock);
        quartz.ConfigureScheduler(o =>
        {
            o.InstanceName = Name;
            o.InstanceId = Guid.NewGuid().ToString("n");
            o.IdleWaitTime = TimeSpan.FromSeconds(1);
            o.MaxBatchSize = MostAtATime;
        });
        quartz.UseDefaultThreadPool(o => o.MaxConcurrency = MostAtOnce);
        quartz.UseExecutionLimits(limits =>
        {
            foreach (var (group, room) in rooms)
            {
                limits.ForGroup(group, room.AtOnce, room.IsOfAllNodes ? ExecutionLimitScope.Cluster : ExecutionLimitScope.Node);
            }
        });
        if (rooms.Count > 0)
        {
            quartz.ServeExecutionGroups([.. rooms.Select(r => r.Group)]);
        }
        quartz.UsePersistentStore(store =>
        {
            store.UsePostgres(NpgsqlFactory.Instance, postgres.Connection!.ConnectionString);
            store.UseClustering(c =>
            {
                c.CheckinInterval = TimeSpan.FromSeconds(5);
                c.CheckinMisfireThreshold = NodeLeases.GoneAfter;
            });
            store.ProvisionSchema();
            store.ConfigureStore(o =>
            {
                o.AcceptEnlistedTransactions = true;
                o.StoreJobDataAsStrings = true;
            });
        });
    }
}
