using McpI2V.Engine.Spending;

namespace McpI2V.Engine.Tests.Jobs;

/// <summary>Whose job is next where several people wait for one lane.</summary>
public sealed class TakingTurns : IDisposable
{
    private readonly TestDatabase test = new();
    private readonly long term;

    public TakingTurns() => term = test.Terms.Begin("vendor", "vendor");

    public void Dispose() => test.Dispose();

    [Fact]
    public void Who_has_queued_a_hundred_does_not_keep_others_waiting_for_all_of_them()
    {
        Batch("ann", 8);
        Batch("bob", 2);

        Assert.Equal("ann bob ann bob ann ann ann ann ann ann", Take(10));
    }

    [Fact]
    public void Who_comes_when_much_is_done_goes_on_in_turn_with_what_is_left()
    {
        Batch("ann", 6);
        Assert.Equal("ann ann ann", Take(3));

        Batch("bob", 3);
        Batch("cid", 1);

        Assert.Equal("ann bob cid ann bob ann bob", Take(7));
    }

    [Fact]
    public void What_somebody_waits_for_goes_before_every_batch()
    {
        Batch("ann", 2);
        test.Queue.Submit(TestDatabase.Paid(1) with { Owner = "bob" }, new Approval(null, null), fresh: false);

        Assert.Equal("bob ann ann", Take(3));
    }

    private void Batch(string owner, int count) => test.Queue.SubmitBatch(
        owner,
        "{}",
        [.. Enumerable.Range(0, count).Select(i => TestDatabase.Paid(0.01m) with { Owner = owner, Variant = $"{{\"n\":{i}}}" })],
        new Approval(null, null),
        fresh: false);

    private string Take(int count) =>
        string.Join(' ', Enumerable.Range(0, count).Select(_ => test.Jobs.TakeNext(term, "vendor", 1)!.Owner));
}
