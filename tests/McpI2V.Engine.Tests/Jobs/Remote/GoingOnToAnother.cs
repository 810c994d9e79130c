using McpI2V.Engine.Catalogue.Routing;
using McpI2V.Engine.Jobs;
using McpI2V.Engine.Jobs.Remote;
using McpI2V.Engine.Jobs.States;
using McpI2V.Engine.Providers;
using McpI2V.Engine.Spending;
using McpI2V.Engine.Storage.Sql;

namespace McpI2V.Engine.Tests.Jobs.Remote;

/// <summary>What a job that goes on to another model may cost, and who may let it.</summary>
public sealed class GoingOnToAnother
{
    private static readonly RouteStep Other = new("other:model", "other", 1);

    [Fact]
    public void A_job_goes_on_after_midnight_at_the_cost_of_the_day_on_which_it_was_asked_for()
    {
        using var test = new TestDatabase(new BudgetOptions { DailyUsd = 1, ApproveAboveUsd = 10 });
        var job = Taken(test, Other);
        var tomorrow = new SteppedTime { Now = DateTimeOffset.UtcNow.AddDays(1) };

        Assert.True(Rows(test, tomorrow).TryFallBack(job, Fault()));

        Assert.Equal((1m, 0m), (Committed(test, DateTimeOffset.UtcNow), Committed(test, tomorrow.GetUtcNow())));
    }

    [Fact]
    public void It_goes_on_past_neither_the_budget_of_that_day_nor_what_the_user_is_asked_about()
    {
        RouteStep dearer = new("other:dear", "other", 1.6m);
        using var full = new TestDatabase(new BudgetOptions { DailyUsd = 1.5m, ApproveAboveUsd = 10 });
        using var asking = new TestDatabase(new BudgetOptions { DailyUsd = 100, ApproveAboveUsd = 1.5m });

        Assert.False(Rows(full, new SteppedTime { Now = DateTimeOffset.UtcNow.AddDays(1) }).TryFallBack(Taken(full, dearer), Fault()));
        Assert.False(Rows(asking, TimeProvider.System).TryFallBack(Taken(asking, dearer), Fault()));

        Assert.Equal((1m, 1m), (Committed(full, DateTimeOffset.UtcNow), Committed(asking, DateTimeOffset.UtcNow)));
    }

    [Fact]
    public void Who_does_not_run_the_lane_any_more_sends_no_job_elsewhere()
    {
        using var test = new TestDatabase();
        var job = Taken(test, Other);
        test.Terms.Begin("vendor", "vendor");

        Assert.Throws<StaleTermException>(() => Rows(test, TimeProvider.System).TryFallBack(job, Fault()));

        var now = test.Jobs.Get(job.Id);
        Assert.Equal(("vendor", 1, JobState.Submitting), (now.Provider, now.Attempt, now.State));
        Assert.Equal(1, Committed(test, DateTimeOffset.UtcNow));
    }

    [Fact]
    public void A_job_that_the_user_canceled_goes_nowhere()
    {
        using var test = new TestDatabase();
        var job = Taken(test, Other);
        test.Jobs.RequestCancel(job.Id);

        Assert.False(Rows(test, TimeProvider.System).TryFallBack(job, Fault()));
    }

    [Fact]
    public void When_the_last_of_a_route_fails_nothing_stays_reserved()
    {
        using var test = new TestDatabase();
        Assert.True(Rows(test, TimeProvider.System).TryFallBack(Taken(test, Other), Fault()));
        var second = test.Jobs.TakeNext(test.Terms.Begin("other", "other"), "other", 1)!;

        Assert.False(Rows(test, TimeProvider.System).TryFallBack(second, Fault()));
        test.Jobs.End(second, JobState.Failed, ErrorCode.ProviderFailed, "it failed");

        Assert.Equal(0, Committed(test, DateTimeOffset.UtcNow));
        Assert.Equal(["vendor", "other"], test.Jobs.Get(second.Id).Attempts.Select(a => a.Provider));
    }

    [Fact]
    public void What_the_second_model_charges_is_all_that_is_spent()
    {
        using var test = new TestDatabase();
        Rows(test, TimeProvider.System).TryFallBack(Taken(test, Other with { EstimateUsd = 0.7m }), Fault());
        var second = test.Jobs.TakeNext(test.Terms.Begin("other", "other"), "other", 1)!;

        test.Jobs.End(second, JobState.Failed, ErrorCode.ProviderFailed, "it delivered nothing", 0.7m);

        var line = Assert.Single(test.Database.Read(Ledger.Lines), l => l.SpentUsd + l.ReservedUsd > 0);
        Assert.Equal(("other", 0.7m, 0m), (line.Provider, line.SpentUsd, line.ReservedUsd));
    }

    private static Job Taken(TestDatabase test, RouteStep next)
    {
        test.Queue.Submit(TestDatabase.Paid(1) with { Route = [next] }, new Approval(null, null), fresh: false);
        return test.Jobs.TakeNext(test.Terms.Begin("vendor", "vendor"), "vendor", 1)!;
    }

    private static RemoteJobStore Rows(TestDatabase test, TimeProvider time) => new(test.Database, test.Budget, TestDatabase.Lanes, time);

    private static decimal Committed(TestDatabase test, DateTimeOffset day) =>
        test.Database.Read(s => Ledger.Committed(s, SqlRow.Day(day)));

    private static ProviderException Fault() => new(ErrorCode.ProviderFailed, "it failed", Acceptance.No);
}
