using System.Diagnostics;
using McpI2V.Engine;
using McpI2V.Engine.Jobs;
using McpI2V.Engine.Jobs.Lanes;
using McpI2V.Engine.Jobs.Queueing;
using McpI2V.Engine.Jobs.Remote.Pacing;
using McpI2V.Engine.Jobs.Running;
using McpI2V.Engine.Jobs.States;
using McpI2V.Engine.Providers;
using McpI2V.Engine.Storage.Sql;
using McpI2V.Engine.Storage.Sqlite;
using Microsoft.Extensions.Logging.Abstractions;

namespace McpI2V.Bench.Nodes;

/// <summary>
/// One library of many nodes on simulated time: terms, turns, limits and looks are decided by the program's own code over rows of a real
/// database; what a vendor does is only time, and Quartz's bound of a lane a count. Prints how long people
/// wait, what dies with a node, and how busy the database is.
/// </summary>
/// <param name="count">How many nodes.</param>
/// <param name="jobs">How many jobs; half of them are one person's, who comes first.</param>
/// <param name="isFair">False: as if all were one person's.</param>
internal sealed class Simulation(int count, int jobs, bool isFair)
{
    private const string Vendor = "vendor";
    private const int Small = 20;
    private const int TakenATurn = 20;
    private static readonly TimeSpan Usual = TimeSpan.FromSeconds(90);
    private static readonly ProviderLimits Limits = new() { PollEvery = TimeSpan.FromSeconds(5), PollAtMost = TimeSpan.FromMinutes(1) };
    private readonly SimulatedTime time = new();
    private readonly Random random = new(7);
    private readonly Dictionary<string, (long Times, double Milliseconds)> work = [];
    private readonly Dictionary<long, TimeSpan> began = [];
    private readonly Dictionary<long, TimeSpan> ends = [];
    private readonly Dictionary<long, string> people = [];
    private readonly List<Node> nodes = [];
    private int limit;
    private int flying;
    private int mostFlying;
    private int over;
    private TimeSpan died = TimeSpan.MaxValue;
    private TimeSpan carriedOn;

    private LibraryDatabase database = null!;
    private TermStore terms = null!;
    private JobStore store = null!;

    /// <summary>Three, a hundred and a thousand nodes; and three in which nobody takes turns.</summary>
    public static Task RunAsync(string root)
    {
        _ = root;
        foreach (var (nodes, jobs, isFair) in new[] { (3, 1_200, false), (3, 1_200, true), (100, 6_000, true), (1_000, 20_000, true) })
        {
            new Simulation(nodes, jobs, isFair).Run();
        }
        return Task.CompletedTask;
    }

    private void Run()
    {
        // In memory where there is a disk of it: what a disk costs is measured elsewhere.
        var disk = Directory.Exists("/dev/shm") ? "/dev/shm" : Path.GetTempPath();
        var home = Directory.CreateDirectory(Path.Combine(disk, $"i2v-bench-{Environment.ProcessId}-{count}-{isFair}")).FullName;
        database = new LibraryDatabase(new SqliteSource(new LibraryOptions { Home = home }));
        (terms, store) = (new TermStore(database), new JobStore(database, time));
        // What the vendor takes at once of all nodes together: a tenth of what there is to do.
        limit = jobs / 10;
        Order("big", jobs / 2);
        for (var i = 0; i < Small; i++)
        {
            var person = $"small {i}";
            time.In(TimeSpan.FromSeconds(5 + i), () => Order(person, jobs / 2 / Small));
        }
        for (var i = 0; i < count; i++)
        {
            nodes.Add(new Node(this));
        }
        // One in ten dies at once, and is not there any more.
        time.In(TimeSpan.FromSeconds(60), () =>
        {
            died = time.Now;
            nodes.Take(Math.Max(1, count / 10)).ToList().ForEach(n => n.IsDead = true);
        });
        var started = Stopwatch.GetTimestamp();
        time.Run(until: TimeSpan.FromSeconds(count > 500 ? 120 : 3600), () => over == jobs);
        Say(Stopwatch.GetElapsedTime(started));
        nodes.ForEach(n => n.Dispose());
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        Directory.Delete(home, recursive: true);
    }

    private void Say(TimeSpan took)
    {
        double Wait(Func<string, bool> of) => Sample.Median(began.Where(b => of(people[b.Key])).Select(b => b.Value.TotalSeconds));
        Sample.Say($"{count} nodes, {jobs} jobs, {limit} at once{(isFair ? "" : ", nobody takes turns")}: " +
            $"{over} over after {Sample.Number(time.Now.TotalSeconds, "0")} s of simulated time " +
            $"({Sample.Number(took.TotalSeconds, "0")} s), {mostFlying} at once at most; half of the small orders' jobs " +
            $"begun by {Sample.Number(Wait(p => p != "big"), "0")} s, of the big one's by " +
            $"{Sample.Number(Wait(p => p == "big"), "0")} s; what died with a node carried on within " +
            $"{Sample.Number((carriedOn - died).TotalSeconds, "0.0")} s");
        foreach (var (what, (times, milliseconds)) in work.OrderByDescending(w => w.Value.Milliseconds))
        {
            Sample.Say($"  {what}: {Sample.Number(times / time.Now.TotalSeconds, "0.0")} a second, " +
                $"{Sample.Number(milliseconds / times, "0.000")} ms each: busy for " +
                $"{Sample.Number(milliseconds / time.Now.TotalSeconds / 10, "0.0")} % of the time");
        }
    }

    private T Do<T>(string what, Func<T> does)
    {
        var started = Stopwatch.GetTimestamp();
        var result = does();
        var (times, milliseconds) = work.GetValueOrDefault(what);
        work[what] = (times + 1, milliseconds + Stopwatch.GetElapsedTime(started).TotalMilliseconds);
        return result;
    }

    private void Order(string person, int many)
    {
        var owner = isFair ? person : "everybody";
        var ids = Do("orders (each of a batch)", () => database.Write(s => Enumerable.Range(0, many).Select(_ => s.Number(
            """
            INSERT INTO jobs (owner, tool, title, kind, request, provider, lane, model, priority, turn, state, progress, estimated_micros, cost_micros, attempts, warnings, cancel_requested, term, created_at)
            VALUES (@owner, 'batch_variants', 'simulated', 'animate', '{}', 'vendor', 'vendor', 'vendor:m', 1, @turn, 'queued', 0, 0, 0, '[]', '[]', 0, 0, @now) RETURNING id
            """,
            ("@owner", owner),
            ("@turn", Turns.Next(s, Vendor, 1, owner)),
            ("@now", time.GetUtcNow().ToUnixTimeMilliseconds()))!.Value).ToList()));
        ids.ForEach(id => people[id] = person);
    }

    /// <summary>A node: what the program's runner does, at its times.</summary>
    private sealed class Node : IDisposable
    {
        private readonly Simulation all;
        private readonly NodeLeases leases;
        private readonly LaneLease lane;
        private readonly LeftJobs left;

        public Node(Simulation all)
        {
            this.all = all;
            // There is no such folder: others know by its counter alone whether it lives, as on machines of their own.
            leases = new NodeLeases(
                all.terms,
                new NodeOptions(),
                new LibraryOptions { Home = "/proc/no-such-folder" },
                all.time,
                NullLogger<NodeLeases>.Instance);
            lane = leases.TryTake(Vendor, Vendor)!;
            left = new LeftJobs(all.terms, all.time, all.random.NextDouble());
            Every(1, () => all.Do("beats", () => { leases.Beat(); return 0; }));
            Every(0.5, Look);
            Every(1, TakeUp);
        }

        public bool IsDead { get; set; }

        public void Dispose() => leases.Dispose();

        private void Every(double seconds, Action does) => all.time.Every(
            TimeSpan.FromSeconds(seconds),
            TimeSpan.FromSeconds(seconds * all.random.NextDouble()),
            () =>
            {
                if (!IsDead)
                {
                    does();
                }
                return !IsDead;
            });

        private void Look()
        {
            all.Do("watching other nodes", () => { leases.Watch(); return 0; });
            all.Do("own terms", () => all.terms.GoingOn([lane.Term]));
            if (all.Do("looking for what is left", left.Look).Count > 0)
            {
                foreach (var job in all.Do("carrying on", () => all.terms.Adopt(Vendor, lane.Term, LeftJobs.AtOnce)))
                {
                    all.carriedOn = all.time.Now;
                    Fly(job);
                }
            }
        }

        private void TakeUp()
        {
            for (var i = 0; i < TakenATurn && all.flying < all.limit; i++)
            {
                if (all.Do("taking up", () => all.store.TakeNext(lane.Term, Vendor, 1, mostElsewhere: all.limit - 1)) is not { } job)
                {
                    return;
                }
                all.began[job.Id] = all.time.Now;
                all.ends[job.Id] = all.time.Now + (Usual * (0.5 + all.random.NextDouble()));
                all.mostFlying = Math.Max(all.mostFlying, ++all.flying);
                Fly(Moved(job, JobState.Running));
            }
        }

        private void Fly(Job job)
        {
            var age = all.time.Now - all.began[job.Id];
            all.time.In(PollSchedule.Next(age, Usual, Limits), () =>
            {
                if (IsDead)
                {
                    return;
                }
                all.Do("looks at tasks", () => 0);
                if (all.time.Now < all.ends[job.Id])
                {
                    Fly(job);
                    return;
                }
                Moved(Moved(job, JobState.Fetching), JobState.Succeeded);
                (all.flying, all.over) = (all.flying - 1, all.over + 1);
            });
        }

        private Job Moved(Job job, JobState to)
        {
            all.Do("moving a job on", () => { all.store.Move(job, to); return 0; });
            return job with { State = to };
        }
    }
}
