using McpI2V.Engine.Catalogue.Routing;
using McpI2V.Engine.Jobs;
using McpI2V.Engine.Jobs.Remote;
using McpI2V.Engine.Jobs.States;
using McpI2V.Engine.Providers;
using McpI2V.Engine.Spending;
using McpI2V.Engine.Storage.Sql;

namespace McpI2V.Engine.Tests.Jobs.Remote;

/// <summary>The rows at each line of a paid job's life.</summary>
public sealed class PayingForAJob
{
    private static readonly Approval NoApproval = new(null, null);

    [Fact]
    public void Falling_back_frees_the_one_reservation_and_makes_the_other_with_a_new_key()
    {
        using var test = new TestDatabase();
        var job = Taken(test, TestDatabase.Paid(1) with { Route = [new RouteStep("other:model", "other", 0.8m)] });

        Assert.True(Rows(test).TryFallBack(job, Fault()));

        var now = test.Jobs.Get(job.Id);
        Assert.Equal((JobState.Queued, "other", 2), (now.State, now.Provider, now.Attempt));
        Assert.Null(now.AttemptKey);
        Assert.Equal(0.8m, Committed(test));
        Assert.NotEqual(job.AttemptKey, test.Jobs.TakeNext(test.Terms.Begin("other", "other"), "other", 1)!.AttemptKey);
        Assert.False(Rows(test).TryFallBack(now with { Term = job.Term }, Fault()));
    }

    [Fact]
    public void A_dearer_model_is_not_fallen_back_to_past_the_budget()
    {
        using var test = new TestDatabase(new BudgetOptions { DailyUsd = 1.5m, ApproveAboveUsd = 100 });
        var job = Taken(
            test,
            TestDatabase.Paid(1) with { Route = [new RouteStep("dear:model", "dear", 2), new RouteStep("fair:model", "fair", 1.2m)] });

        Assert.True(Rows(test).TryFallBack(job, Fault()));

        Assert.Equal("fair", test.Jobs.Get(job.Id).Provider);
        Assert.Equal(1.2m, Committed(test));
    }

    [Theory]
    [InlineData(ErrorCode.ProviderAuth, false)]
    [InlineData(ErrorCode.ProviderFailed, true)]
    public void What_ails_a_whole_provider_leads_to_another_one(ErrorCode code, bool isUnreachable)
    {
        using var test = new TestDatabase();
        var job = Taken(test, TestDatabase.Paid(1) with { Route = [new("vendor:two", "vendor", 1), new("other:model", "other", 1)] });
        var fault = new ProviderException(code, "vendor says no", Acceptance.No) { IsUnreachable = isUnreachable };

        Assert.True(Rows(test).TryFallBack(job, fault));

        var now = test.Jobs.Get(job.Id);
        Assert.Equal(("other", 1m), (now.Provider, Committed(test)));
        Assert.Empty(now.Route);
        Assert.Contains("says no", now.Attempts[^1].Error, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_only_for_the_asking_is_never_gone_on_to()
    {
        using var test = new TestDatabase(new BudgetOptions { DailyUsd = 100, ApproveAboveUsd = 100 });
        var job = Taken(test, TestDatabase.Paid(1) with { Route = [new RouteStep("dear:model", "dear", 2, OnlyIfAsked: true)] });

        Assert.False(Rows(test).TryFallBack(job, Fault()));

        Assert.Equal((JobState.Submitting, 1m), (test.Jobs.Get(job.Id).State, Committed(test)));
    }

    [Fact]
    public void An_unconfirmed_job_keeps_its_reservation_until_the_user_gives_it_up()
    {
        using var test = new TestDatabase();
        var job = Rows(test).Sending(Taken(test, TestDatabase.Paid(1)));

        Rows(test).Unconfirmed(job, "lost");
        Assert.Equal(1, Committed(test));
        test.Jobs.RequestCancel(job.Id);

        Assert.Equal(JobState.Canceled, test.Jobs.Get(job.Id).State);
        Assert.Equal(1, Committed(test));
        var line = Assert.Single(test.Database.Read(Ledger.Lines));
        Assert.Equal((1m, 0m), (line.SpentUsd, line.ReservedUsd));
    }

    [Fact]
    public void A_runner_whose_term_is_over_can_send_nothing()
    {
        using var test = new TestDatabase();
        var job = Taken(test, TestDatabase.Paid(1));
        test.Terms.Begin("vendor", "vendor");

        Assert.Throws<StaleTermException>(() => Rows(test).Sending(job));
        Assert.Null(test.Jobs.Get(job.Id).SentAt);
    }

    [Fact]
    public void What_was_sent_is_never_queued_again()
    {
        using var test = new TestDatabase();
        var job = Rows(test).Sending(Taken(test, TestDatabase.Paid(1)));

        test.Jobs.Requeue(job, "interrupted");

        Assert.Equal(JobState.Submitting, test.Jobs.Get(job.Id).State);
    }

    [Fact]
    public async Task Word_of_a_vendor_makes_a_known_task_be_looked_at_and_an_early_one_come_again()
    {
        using var test = new TestDatabase();
        var store = Rows(test);
        var receiver = new WebhookReceiver([new Reader()], test.Jobs, new JobSignal());
        var job = store.Sending(Taken(test, TestDatabase.Paid(1)));

        // Early: the vendor was quicker than our own row.
        Assert.False(await receiver.TakeAsync("vendor", new Dictionary<string, string>(), default, CancellationToken.None));
        store.Accepted(job, new RemoteTask("task-1"));
        Assert.True(await receiver.TakeAsync("vendor", new Dictionary<string, string>(), default, CancellationToken.None));
        Assert.True(await receiver.TakeAsync("vendor", new Dictionary<string, string>(), default, CancellationToken.None));

        // Repeated: one look.
        Assert.Equal([job.Id], store.PollNow([job.Term]));
        Assert.Empty(store.PollNow([job.Term]));
        await Assert.ThrowsAsync<I2VException>(() => receiver.TakeAsync(
            "nobody",
            new Dictionary<string, string>(),
            default,
            CancellationToken.None));
    }

    private static Job Taken(TestDatabase test, NewJob asked)
    {
        test.Queue.Submit(asked, NoApproval, fresh: false);
        return test.Jobs.TakeNext(test.Terms.Begin("vendor", "vendor"), "vendor", 1)!;
    }

    private static RemoteJobStore Rows(TestDatabase test) => new(test.Database, test.Budget, TestDatabase.Lanes, TimeProvider.System);

    private static decimal Committed(TestDatabase test) =>
        test.Database.Read(s => Ledger.Committed(s, SqlRow.Day(TimeProvider.System.GetUtcNow())));

    private static ProviderException Fault() => new(ErrorCode.ProviderFailed, "it failed", Acceptance.No);

    private sealed class Reader : IWebhookReader
    {
        public string Provider => "vendor";

        public Task<string> TaskOfAsync(
            IReadOnlyDictionary<string, string> headers,
            ReadOnlyMemory<byte> body,
            CancellationToken cancellationToken) => Task.FromResult("task-1");
    }
}
