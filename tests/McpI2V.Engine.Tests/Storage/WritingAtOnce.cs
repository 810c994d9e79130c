using McpI2V.Engine.Jobs;
using McpI2V.Engine.Jobs.States;
using McpI2V.Engine.Library;
using McpI2V.Engine.Spending;
using McpI2V.Engine.Storage.Sql;
using McpI2V.Media.Formats;

namespace McpI2V.Engine.Tests.Storage;

/// <summary>What is decided by reading first, decided by many at once.</summary>
/// <param name="onServer">True: in a database server; false: in a file.</param>
public abstract class WritingAtOnce(bool onServer)
{
    private const int Callers = 20;
    private static readonly Approval NoApproval = new(null, null);

    [Fact]
    public async Task Twenty_calls_at_once_spend_no_more_than_the_budget_has_room_for()
    {
        using var test = new TestDatabase(new BudgetOptions { DailyUsd = 5, ApproveAboveUsd = 10 }, onServer);

        var queued = await AtOnce(i => Queued(test, i));

        Assert.Equal(5, queued.Count(q => q));
        Assert.Equal(5, test.Database.Read(s => Ledger.Committed(s, SqlRow.Day(TimeProvider.System.GetUtcNow()))));
    }

    [Fact]
    public async Task The_same_call_made_twenty_times_at_once_is_one_job()
    {
        using var test = new TestDatabase(onServer: onServer);

        var ids = await AtOnce(_ => test.Queue.Submit(TestDatabase.Paid(1), NoApproval, fresh: false).Id);

        Assert.Single(ids.Distinct());
        Assert.Single(test.Jobs.Newest(10));
    }

    [Fact]
    public async Task Each_job_of_a_lane_is_taken_once_however_many_ask_for_it()
    {
        using var test = new TestDatabase(new BudgetOptions { DailyUsd = 100, ApproveAboveUsd = 100 }, onServer);
        foreach (var seed in Enumerable.Range(0, Callers))
        {
            test.Queue.Submit(TestDatabase.Paid(1, seed), NoApproval, fresh: false);
        }
        var term = test.Terms.Begin("vendor", "vendor");

        var taken = await AtOnce(_ => test.Jobs.TakeNext(term, "vendor", 1)?.Id);

        Assert.Equal(Enumerable.Range(1, Callers), taken.Select(id => (int?)id ?? 0).Order());
    }

    [Fact]
    public async Task Terms_that_begin_while_jobs_are_taken_leave_no_job_with_a_term_that_is_over()
    {
        using var test = new TestDatabase(new BudgetOptions { DailyUsd = 100, ApproveAboveUsd = 100 }, onServer);
        foreach (var seed in Enumerable.Range(0, Callers))
        {
            test.Queue.Submit(TestDatabase.Paid(1, seed), NoApproval, fresh: false);
        }

        // Whoever begins a term takes over what older ones hold, as a process does that gets the lane.
        await AtOnce(_ =>
        {
            var term = test.Terms.Begin("vendor", "vendor");
            test.Terms.Adopt("vendor", term);
            return test.Jobs.TakeNext(term, "vendor", 1);
        });

        var last = Assert.Single(test.Database.Read(s => s.Query("SELECT id FROM terms", r => r.Number("id"))));
        var held = test.Jobs.Newest(100).Where(j => j.Term > 0).ToList();
        Assert.NotEmpty(held);
        Assert.All(held, j => Assert.Equal(last, j.Term));
    }

    [Fact]
    public async Task One_name_in_two_spellings_saved_at_once_is_one_element()
    {
        using var test = new TestDatabase(onServer: onServer);
        var elements = new ElementStore(test.Database, TimeProvider.System);

        await AtOnce(i => elements.Save(new Element(i % 2 == 0 ? "Anna" : "anna", "a person", []), "local", mayChangeOthers: true));

        Assert.Single(elements.All());
    }

    [Fact]
    public async Task The_same_picture_brought_in_by_twenty_at_once_is_one_asset()
    {
        using var studio = new TestStudio(onServer: onServer);
        var path = await studio.MakeAsync("still.png", "-f lavfi -i testsrc2=s=64x64 -frames:v 1");

        var assets = await Task.WhenAll(Enumerable.Range(0, Callers).Select(_ => studio.ImportAsync(path)));

        Assert.Single(assets.Select(a => a.Handle).Distinct());
        Assert.Equal(1, studio.Library.Assets.Count());
        Assert.True(File.Exists(studio.Library.PathOf(assets[0])));
        Assert.Single(Directory.GetFiles(studio.Test.Options.Media, "*", SearchOption.AllDirectories));
    }

    [Fact]
    public async Task Handles_that_are_taken_at_once_are_all_different()
    {
        using var test = new TestDatabase(onServer: onServer);

        var numbers = await AtOnce(_ => test.Database.Write(s => AssetStore.NextHandle(s, MediaKind.Clip).Number));

        Assert.Equal(Enumerable.Range(1, Callers), numbers.Order());
    }

    [Fact]
    public async Task An_agreement_that_is_brought_twenty_times_at_once_counts_once()
    {
        using var test = new TestDatabase(onServer: onServer);
        var agreements = new AgreementStore(test.Database, TimeProvider.System);

        var used = await AtOnce(_ => agreements.TryUse("nonce", "local", TimeProvider.System.GetUtcNow().AddMinutes(5)));

        Assert.Single(used, u => u);
    }

    [Fact]
    public async Task A_job_that_is_called_off_by_many_while_it_is_taken_is_one_or_the_other()
    {
        using var test = new TestDatabase(onServer: onServer);
        var id = test.Queue.Submit(TestDatabase.Paid(1), NoApproval, fresh: false).Id;
        var term = test.Terms.Begin("vendor", "vendor");

        var seen = await AtOnce(i => i % 2 == 0 ? test.Jobs.TakeNext(term, "vendor", 1) : test.Jobs.RequestCancel(id));

        var job = test.Jobs.Get(id);
        var taken = seen.Where((_, i) => i % 2 == 0).Count(j => j is not null);
        var kept = test.Database.Read(s => Ledger.Committed(s, SqlRow.Day(TimeProvider.System.GetUtcNow())));
        Assert.Equal(job.State == JobState.Canceled ? (0, 0m) : (1, 1m), (taken, kept));
        Assert.True(job.State is JobState.Canceled || job is { State: JobState.Submitting, CancelRequested: true });
    }

    [Fact]
    public void What_only_reads_can_lock_nothing()
    {
        using var test = new TestDatabase(onServer: onServer);

        Assert.Throws<InvalidOperationException>(() => test.Database.Read(s =>
        {
            s.LockForWrite(WriteLock.Spending);
            return true;
        }));
    }

    private static bool Queued(TestDatabase test, int seed)
    {
        try
        {
            test.Queue.Submit(TestDatabase.Paid(1, seed), NoApproval, fresh: false);
            return true;
        }
        catch (I2VException e) when (e.Code == ErrorCode.OverBudget)
        {
            return false;
        }
    }

    private static Task<T[]> AtOnce<T>(Func<int, T> call) =>
        Task.WhenAll(Enumerable.Range(0, Callers).Select(i => Task.Run(() => call(i))));
}

/// <summary>In the embedded database.</summary>
public sealed class WritingAtOnceToAFile() : WritingAtOnce(onServer: false);

/// <summary>At a database server, where writers do not wait for each other unless they say so.</summary>
public sealed class WritingAtOnceToAServer() : WritingAtOnce(onServer: true);
