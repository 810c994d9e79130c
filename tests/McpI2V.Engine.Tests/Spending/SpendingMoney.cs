using McpI2V.Engine.Jobs;
using McpI2V.Engine.Jobs.States;
using McpI2V.Engine.Spending;
using McpI2V.Engine.Storage.Sql;

namespace McpI2V.Engine.Tests.Spending;

public sealed class SpendingMoney
{
    private static readonly Approval NoApproval = new(null, null);

    [Fact]
    public void A_call_above_its_own_limit_is_refused_and_reserves_nothing()
    {
        using var test = new TestDatabase();

        var e = Assert.Throws<I2VException>(() => test.Queue.Submit(TestDatabase.Paid(1.5m), new Approval(1, null), fresh: false));

        Assert.Equal(ErrorCode.OverBudget, e.Code);
        Assert.Contains("$1.50", e.Message, StringComparison.Ordinal);
        Assert.Empty(test.Jobs.Newest(10));
        Assert.Equal(0, Committed(test));
    }

    [Fact]
    public void The_days_budget_counts_what_is_reserved()
    {
        using var test = new TestDatabase(new BudgetOptions { DailyUsd = 3, ApproveAboveUsd = 10 });
        test.Queue.Submit(TestDatabase.Paid(2, 1), NoApproval, fresh: false);

        var e = Assert.Throws<I2VException>(() => test.Queue.Submit(TestDatabase.Paid(2, 2), NoApproval, fresh: false));

        Assert.Equal(ErrorCode.OverBudget, e.Code);
        Assert.Contains("I2V__Budget__DailyUsd", e.Message, StringComparison.Ordinal);
        Assert.Equal(2, Committed(test));
    }

    [Fact]
    public void A_dear_call_needs_approval_of_its_price()
    {
        using var test = new TestDatabase();

        Assert.Equal(
            ErrorCode.ApprovalRequired,
            Assert.Throws<ApprovalRequiredException>(() => test.Queue.Submit(TestDatabase.Paid(5), NoApproval, fresh: false)).Code);
        Assert.Equal(
            ErrorCode.ApprovalRequired,
            Assert.Throws<ApprovalRequiredException>(
                () => test.Queue.Submit(TestDatabase.Paid(5), new Approval(null, 4.99m), fresh: false)).Code);
        Assert.False(test.Queue.Submit(TestDatabase.Paid(5), new Approval(null, 5), fresh: false).WasKnown);
        Assert.Equal(5, Committed(test));
    }

    [Fact]
    public void The_approval_that_a_refusal_names_covers_the_price()
    {
        using var test = new TestDatabase();

        var refused = Assert.Throws<ApprovalRequiredException>(
            () => test.Queue.Submit(TestDatabase.Paid(2.3421m), NoApproval, fresh: false));

        Assert.Contains("$2.3421, more than the $2.00 that may be spent without asking", refused.Message, StringComparison.Ordinal);
        Assert.Contains("approve_usd 2.35.", refused.Message, StringComparison.Ordinal);
        Assert.False(test.Queue.Submit(TestDatabase.Paid(2.3421m), new Approval(null, 2.35m), fresh: false).WasKnown);
    }

    [Fact]
    public void A_repeated_call_reserves_once_and_a_fresh_one_again()
    {
        using var test = new TestDatabase();

        var first = test.Queue.Submit(TestDatabase.Paid(1), NoApproval, fresh: false);
        var repeated = test.Queue.Submit(TestDatabase.Paid(1), NoApproval, fresh: false);
        var fresh = test.Queue.Submit(TestDatabase.Paid(1), NoApproval, fresh: true);

        Assert.Equal((first.Id, true), repeated);
        Assert.NotEqual(first.Id, fresh.Id);
        Assert.Equal(2, Committed(test));
    }

    [Fact]
    public void A_job_that_is_called_off_gives_its_reservation_back_and_ends_what_waited_for_it()
    {
        using var test = new TestDatabase();
        var (batch, _) = test.Queue.SubmitBatch(
            "two",
            "{}",
            [TestDatabase.Paid(1), TestDatabase.Paid(0.5m) with { After = 0, Variant = "{}" }],
            NoApproval,
            fresh: false);
        Assert.Equal(1.5m, Committed(test));

        test.Jobs.RequestCancel(test.Jobs.OfBatch(batch)[0].Id);

        Assert.All(test.Jobs.OfBatch(batch), j => Assert.Equal(JobState.Canceled, j.State));
        Assert.Equal(0, Committed(test));
    }

    [Fact]
    public void A_batch_that_failed_in_part_is_not_paid_again_by_the_same_call()
    {
        using var test = new TestDatabase();
        NewJob[] jobs =
        [
            TestDatabase.Paid(0.5m, 1) with { Variant = "{}" },
            TestDatabase.Paid(0.5m, 2) with { Variant = "{}" },
        ];
        var (batch, _) = test.Queue.SubmitBatch("two", "{}", jobs, NoApproval, fresh: false);
        test.Jobs.RequestCancel(test.Jobs.OfBatch(batch)[0].Id);

        Assert.Equal((batch, true), test.Queue.SubmitBatch("two", "{}", jobs, NoApproval, fresh: false));
        test.Jobs.RequestCancel(test.Jobs.OfBatch(batch)[1].Id);
        Assert.False(test.Queue.SubmitBatch("two", "{}", jobs, NoApproval, fresh: false).WasKnown);
    }

    [Fact]
    public async Task Twenty_threads_asking_for_the_same_get_one_job()
    {
        using var test = new TestDatabase();

        var ids = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => Task.Run(() => test.Queue.Submit(
            TestDatabase.Paid(1),
            NoApproval,
            fresh: false))));

        Assert.Single(ids.Select(i => i.Id).Distinct());
        Assert.Equal(19, ids.Count(i => i.WasKnown));
    }

    [Fact]
    public void A_runner_of_an_older_term_can_write_nothing()
    {
        using var test = new TestDatabase();
        test.Queue.Submit(TestDatabase.Paid(0), NoApproval, fresh: false);
        var term = test.Terms.Begin("vendor", "vendor");
        var job = test.Jobs.TakeNext(term, "vendor", 1)!;
        test.Terms.Begin("vendor", "vendor");

        Assert.Throws<StaleTermException>(() => test.Jobs.Move(job, JobState.Running));
        Assert.Null(test.Jobs.TakeNext(term, "vendor", 1));
        Assert.Equal(JobState.Submitting, test.Jobs.Get(job.Id).State);
    }

    private static decimal Committed(TestDatabase test) =>
        test.Database.Read(s => Ledger.Committed(s, SqlRow.Day(TimeProvider.System.GetUtcNow())));
}
