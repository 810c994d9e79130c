using McpI2V.Engine.Jobs;
using McpI2V.Engine.Jobs.Queueing;
using McpI2V.Engine.Jobs.States;
using McpI2V.Engine.Spending;
using McpI2V.Engine.Storage.Sql;

namespace McpI2V.Engine.Tests.Jobs;

/// <summary>A job that waits for another's result: how it ends with it, and what is told of both prices.</summary>
public sealed class WorkingOnWhatAnotherMakes : IDisposable
{
    private readonly TestDatabase test = new();

    public void Dispose() => test.Dispose();

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void All_that_follows_a_job_without_a_result_ends_and_holds_no_money(bool isCanceled)
    {
        var (batch, _) = test.Queue.SubmitBatch(
            "hooks",
            "{}",
            [Still(0.04m), Clip(0.5m) with { After = 0 }, Clip(0, "text") with { After = 1, Variant = "{}" }],
            new Approval(null, null),
            fresh: false);
        var first = test.Jobs.OfBatch(batch)[0];

        if (isCanceled)
        {
            test.Jobs.RequestCancel(first.Id);
        }
        else
        {
            test.Jobs.End(Taken("painter"), JobState.Failed, ErrorCode.ProviderFailed, "it failed");
        }

        var end = isCanceled ? JobState.Canceled : JobState.Failed;
        Assert.All(test.Jobs.OfBatch(batch), j => Assert.Equal(end, j.State));
        Assert.Equal(0, test.Database.Read(s => Ledger.Committed(s, SqlRow.Day(DateTimeOffset.UtcNow))));
    }

    [Fact]
    public void The_same_still_animated_by_another_model_is_another_order()
    {
        var (one, _) = Chain(Still(0), Clip(0.5m));
        var (other, wasKnown) = Chain(Still(0), Clip(0.4m) with { Model = "vendor:other" });

        Assert.False(wasKnown);
        Assert.NotEqual(one, other);
        Assert.Equal((one, true), Chain(Still(0), Clip(0.5m)));
    }

    [Fact]
    public void What_was_paid_before_a_clip_fails_is_told_with_where_it_is()
    {
        var (id, _) = Chain(Still(0.04m), Clip(0.5m));
        var still = Succeeded(Taken("painter"), 0.04m);

        test.Jobs.End(Taken("vendor"), JobState.Failed, ErrorCode.ProviderFailed, "vendor made nothing. Nothing was spent on this step.");

        var seen = test.Jobs.GetWithBefore(id);
        var told = Assert.Single(seen.Foremost);
        Assert.StartsWith("$0.04 was spent before this, on " + still.Name, told, StringComparison.Ordinal);
        Assert.Equal((0.04m, JobState.Failed), (seen.CostUsd, seen.State));
        Assert.EndsWith("on this step.", seen.ErrorMessage, StringComparison.Ordinal);
    }

    [Fact]
    public void Nothing_is_told_of_money_where_the_first_step_was_free_or_the_second_goes_on()
    {
        var (paid, _) = Chain(Still(0.04m), Clip(0.5m));
        Succeeded(Taken("painter"), 0.04m);
        var (free, _) = Chain(Still(0), Clip(0.3m, "free first"));
        Succeeded(Taken("painter"), 0);
        test.Jobs.RequestCancel(free);

        Assert.Empty(test.Jobs.GetWithBefore(paid).Foremost);
        Assert.Empty(test.Jobs.GetWithBefore(free).Foremost);
    }

    [Fact]
    public void Two_prices_of_one_call_are_told_for_both_things_the_dearer_first()
    {
        var (id, _) = Chain(Still(0.04m) with { Buys = "one still" }, Clip(0.5m) with { Buys = "5 s" });

        var seen = test.Jobs.GetWithBefore(id);

        Assert.Equal(("5 s and one still", 0.54m, "vendor:model"), (seen.Buys, seen.EstimatedCostUsd, seen.Model));
    }

    private static NewJob Clip(decimal usd, string title = "a clip") =>
        TestDatabase.Paid(usd, title.Length) with { Title = title };

    private static NewJob Still(decimal usd) => TestDatabase.Paid(usd) with { Provider = "painter", Model = "painter:still" };

    private (long Id, bool WasKnown) Chain(NewJob first, NewJob second) => test.Queue.SubmitChain(
        new ReviewedJob(first),
        new ReviewedJob(second),
        new Approval(null, null),
        fresh: false);

    private Job Taken(string lane) => test.Jobs.TakeNext(test.Terms.Begin(lane, lane), lane, 1)!;

    private Job Succeeded(Job job, decimal usd)
    {
        test.Database.Write(s => s.Execute(
            "UPDATE jobs SET state = 'succeeded', cost_micros = @cost WHERE id = @id",
            ("@cost", SqlRow.Micros(usd)),
            ("@id", job.Id)));
        return job;
    }
}
