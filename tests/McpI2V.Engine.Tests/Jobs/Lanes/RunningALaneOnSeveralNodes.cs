using McpI2V.Engine.Jobs;
using McpI2V.Engine.Jobs.Lanes;
using McpI2V.Engine.Jobs.States;
using McpI2V.Engine.Spending;
using Microsoft.Extensions.Logging.Abstractions;

namespace McpI2V.Engine.Tests.Jobs.Lanes;

/// <summary>
/// Nodes share a lane's jobs; what one leaves that is gone, another carries on, and it writes nothing more when it wakes.
/// </summary>
public abstract class RunningALaneOnSeveralNodes(bool onServer) : IDisposable
{
    private readonly TestDatabase test = new(new BudgetOptions { DailyUsd = 100, ApproveAboveUsd = 100 }, onServer);
    private readonly SteppedTime time = new();

    public void Dispose()
    {
        test.Dispose();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public void Each_takes_jobs_of_one_lane_in_terms_of_its_own()
    {
        Queue(2);
        using var first = Node().TryTake("vendor", "vendor")!;
        using var second = Node().TryTake("vendor", "vendor")!;

        var jobs = new[] { first, second }.Select(l => test.Jobs.TakeNext(l.Term, "vendor", 1)!).ToList();

        Assert.NotEqual(first.Term, second.Term);
        Assert.Equal(2, jobs.Select(j => j.Id).Distinct().Count());
        foreach (var job in jobs)
        {
            test.Jobs.Move(job, JobState.Running);
        }
        Assert.Empty(test.Terms.WithLeftJobs());
    }

    [Fact]
    public void What_one_leaves_the_others_share()
    {
        Queue(4);
        var gone = Node().TryTake("vendor", "vendor")!;
        for (var i = 0; i < 4; i++)
        {
            test.Jobs.Move(test.Jobs.TakeNext(gone.Term, "vendor", 1)!, JobState.Running);
        }
        using var first = Node().TryTake("vendor", "vendor")!;
        using var second = Node().TryTake("vendor", "vendor")!;
        gone.Dispose();

        var shares = new[] { first, second, first }.Select(l => test.Terms.Adopt("vendor", l.Term, atMost: 3)).ToList();

        Assert.Equal([3, 1, 0], shares.Select(s => s.Count));
        Assert.Empty(test.Terms.WithLeftJobs());
    }

    [Fact]
    public void Together_they_send_no_more_than_a_provider_takes()
    {
        Queue(4);
        var terms = new[] { Node(), Node() }.Select(n => n.TryTake("vendor", "vendor")!.Term).ToList();
        Assert.NotNull(test.Jobs.TakeNext(terms[0], "vendor", 1, mostElsewhere: 2));
        Assert.NotNull(test.Jobs.TakeNext(terms[0], "vendor", 1, mostElsewhere: 1));

        Assert.Null(test.Jobs.TakeNext(terms[1], "vendor", 1, mostElsewhere: 1));
        Assert.NotNull(test.Jobs.TakeNext(terms[1], "vendor", 1, mostElsewhere: 2));
    }

    [Fact]
    public void One_that_stands_still_is_carried_on_by_another_and_writes_nothing_when_it_wakes()
    {
        Queue(1);
        var (paused, other) = (Node(), Node());
        using var lease = paused.TryTake("vendor", "vendor")!;
        using var others = other.TryTake("vendor", "vendor")!;
        var job = test.Jobs.TakeNext(lease.Term, "vendor", 1)!;

        WatchFor(other, NodeLeases.GoneAfter - TimeSpan.FromSeconds(2));
        Assert.Empty(test.Terms.WithLeftJobs());
        WatchFor(other, TimeSpan.FromSeconds(4));

        Assert.Equal(["vendor"], test.Terms.WithLeftJobs());
        var carriedOn = Assert.Single(test.Terms.Adopt("vendor", others.Term));
        Assert.Equal((job.Id, others.Term), (carriedOn.Id, carriedOn.Term));
        Assert.Throws<StaleTermException>(() => test.Jobs.Move(job, JobState.Running));
        Assert.Null(test.Jobs.TakeNext(lease.Term, "vendor", 1));
        test.Jobs.Move(carriedOn, JobState.Running);
        // It notices, and is another from then on.
        paused.Beat();
        using var again = paused.TryTake("vendor", "vendor")!;
        Assert.DoesNotContain(again.Term, new[] { lease.Term, others.Term });
        Assert.Contains(again.Term, test.Terms.GoingOn([again.Term]));
    }

    [Fact]
    public void One_that_wakes_before_it_was_noticed_finds_no_term_of_a_node_that_is_gone()
    {
        var (paused, other) = (Node(), Node());
        using var lease = paused.TryTake("vendor", "vendor")!;
        using var others = other.TryTake("vendor", "vendor")!;
        WatchFor(other, NodeLeases.GoneAfter + TimeSpan.FromSeconds(2));

        Assert.Null(paused.TryTake("other", "other"));
        paused.Beat();
        Assert.NotNull(paused.TryTake("other", "other"));
    }

    [Fact]
    public void One_that_beats_keeps_what_it_has_and_so_does_one_whom_nobody_watched()
    {
        var (beating, other) = (Node(), Node());
        using var lease = beating.TryTake("vendor", "vendor")!;
        using var others = other.TryTake("vendor", "vendor")!;
        for (var i = 0; i < 60; i++)
        {
            beating.Beat();
            WatchFor(other, TimeSpan.FromSeconds(1));
        }
        Assert.Contains(lease.Term, test.Terms.GoingOn([lease.Term]));

        // The watcher slept, or the database was away: an hour without a look is no hour without a sign.
        time.Pass(TimeSpan.FromHours(1));
        other.Watch();

        Assert.Contains(lease.Term, test.Terms.GoingOn([lease.Term]));
    }

    [Fact]
    public void What_one_leaves_on_purpose_is_free_at_once()
    {
        Queue(1);
        var (leaving, other) = (Node(), Node());
        using var lease = leaving.TryTake("vendor", "vendor")!;
        using var others = other.TryTake("vendor", "vendor")!;
        test.Jobs.TakeNext(lease.Term, "vendor", 1);

        leaving.Leave();

        Assert.Single(test.Terms.Adopt("vendor", others.Term));
    }

    [Fact]
    public void One_of_the_same_folder_that_died_is_noticed_at_once_and_one_that_lives_is_not()
    {
        var (dying, living) = (Node(test.Options), Node(test.Options));
        using var lost = dying.TryTake("vendor", "vendor")!;
        using var kept = living.TryTake("vendor", "vendor")!;
        using var watcher = Node(test.Options);
        var folder = Path.Combine(test.Options.Home, ".nodes");
        var file = Directory.GetFiles(folder).Single(f => IsOf(f, lost));

        // What its system does with the file of a process that dies: the lock ends, and the file stays.
        dying.Dispose();
        File.WriteAllText(file, "");
        watcher.Watch();

        Assert.DoesNotContain(lost.Term, test.Terms.GoingOn([lost.Term]));
        Assert.Contains(kept.Term, test.Terms.GoingOn([kept.Term]));
        Assert.False(File.Exists(file));

        bool IsOf(string path, LaneLease lease) => test.Database.Read(s => s.Number(
            "SELECT COUNT(*) FROM terms WHERE id = @term AND node = @node",
            ("@term", lease.Term),
            ("@node", Path.GetFileName(path)))) == 1;
    }

    [Fact]
    public void A_lane_that_others_run_is_not_taken_alone()
    {
        var (one, other) = (Node(), Node());
        var lease = one.TryTake("vendor", "vendor")!;

        Assert.Null(other.TryTakeAlone("vendor", "vendor"));
        lease.Dispose();
        using var alone = other.TryTakeAlone("vendor", "vendor");
        Assert.NotNull(alone);
    }

    [Fact]
    public void What_a_library_of_one_machine_left_in_the_middle_is_carried_on()
    {
        Queue(1);
        var before = test.Jobs.TakeNext(test.Terms.Begin("vendor", "vendor"), "vendor", 1)!;

        using var lease = Node().TryTake("vendor", "vendor")!;

        Assert.Equal(before.Id, Assert.Single(test.Terms.Adopt("vendor", lease.Term)).Id);
    }

    [Fact]
    public async Task Nodes_that_take_jobs_at_once_while_one_of_them_ends_leave_none_without_a_holder()
    {
        Queue(20);
        var nodes = Enumerable.Range(0, 4).Select(_ => Node()).ToList();
        var leases = nodes.Select(n => n.TryTake("vendor", "vendor")!).ToList();

        await Task.WhenAll(Enumerable.Range(0, 20).Select(i => Task.Run(() =>
        {
            if (i == 10)
            {
                nodes[3].Leave();
            }
            test.Jobs.TakeNext(leases[i % 4].Term, "vendor", 1);
        })));
        test.Terms.Adopt("vendor", leases[0].Term);

        var taken = test.Jobs.Newest(100).Where(j => j.State == JobState.Submitting).ToList();
        Assert.NotEmpty(taken);
        Assert.All(taken, j => Assert.Contains(j.Term, test.Terms.GoingOn([j.Term])));
        Assert.DoesNotContain(leases[3].Term, taken.Select(j => j.Term));
    }

    private NodeLeases Node(LibraryOptions? folder = null) => new(
        test.Terms,
        new NodeOptions(),
        folder ?? new LibraryOptions { Home = Path.Combine(test.Options.Home, Guid.NewGuid().ToString("n")) },
        time,
        NullLogger<NodeLeases>.Instance);

    private void Queue(int count)
    {
        foreach (var seed in Enumerable.Range(0, count))
        {
            test.Queue.Submit(TestDatabase.Paid(1, seed), new(null, null), fresh: false);
        }
    }

    private void WatchFor(NodeLeases watcher, TimeSpan howLong)
    {
        for (var passed = TimeSpan.Zero; passed < howLong; passed += TimeSpan.FromSeconds(1))
        {
            watcher.Watch();
            time.Pass(TimeSpan.FromSeconds(1));
        }
        watcher.Watch();
    }
}

public sealed class RunningALaneOnNodesOfAFile() : RunningALaneOnSeveralNodes(onServer: false);

public sealed class RunningALaneOnNodesOfAServer() : RunningALaneOnSeveralNodes(onServer: true);
