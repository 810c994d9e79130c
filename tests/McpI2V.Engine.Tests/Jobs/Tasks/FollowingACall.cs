using McpI2V.Engine.Jobs.Tasks;
using McpI2V.Engine.Spending;

namespace McpI2V.Engine.Tests.Jobs.Tasks;

/// <summary>A followed call's row, from its beginning to its end.</summary>
public sealed class FollowingACall
{
    private static readonly Approval NoApproval = new(null, null);

    [Fact]
    public void However_often_it_is_made_it_queues_once_and_nobody_else_finds_it()
    {
        using var test = new TestDatabase();
        var calls = new McpTaskStore(test.Database, TimeProvider.System);
        calls.Begin("a", "me", "animate_image", "{}");

        var (first, wasKnown) = test.Queue.Submit(TestDatabase.Paid(1), NoApproval, fresh: true, "a");
        var (again, isKnown) = test.Queue.Submit(TestDatabase.Paid(1), NoApproval, fresh: true, "a");
        var (other, _) = test.Queue.Submit(TestDatabase.Paid(1), NoApproval, fresh: true);

        Assert.Equal((first, false, true), (again, wasKnown, isKnown));
        Assert.NotEqual(first, other);
        Assert.Equal(first, calls.Find("a", "me")!.Job);
        Assert.Null(calls.Find("a", "you"));
    }

    [Fact]
    public void Of_many_calls_of_one_owner_the_oldest_are_forgotten_and_nobody_elses()
    {
        using var test = new TestDatabase();
        var time = new SteppedTime();
        var calls = new McpTaskStore(test.Database, time);
        calls.Begin("theirs", "you", "animate_image", "{}");
        for (var i = 0; i < 1_100; i++)
        {
            time.Now += TimeSpan.FromMilliseconds(1);
            calls.Begin($"mine-{i}", "me", "animate_image", "{}");
        }
        Assert.Equal(
            (false, true, true),
            (calls.Find("mine-0", "me") is not null, calls.Find("mine-1099", "me") is not null, calls.Find("theirs", "you") is not null));
        Assert.Equal(1_001, test.Database.Read(s => s.Number("SELECT COUNT(*) FROM followed_calls")));

        for (var i = 0; i < 6; i++)
        {
            time.Now += TimeSpan.FromMilliseconds(1);
            calls.Begin($"large-{i}", "me", "animate_image", new string('x', 8_000_000));
        }

        Assert.Equal(
            (false, true, true),
            (calls.Find("large-0", "me") is not null, calls.Find("large-5", "me") is not null, calls.Find("theirs", "you") is not null));
    }

    [Fact]
    public void A_question_is_answered_once_and_a_late_answer_changes_nothing()
    {
        using var test = new TestDatabase();
        var calls = new McpTaskStore(test.Database, TimeProvider.System);
        calls.Begin("a", "me", "animate_image", "{}");
        calls.Ask("a", 0.84m, "It costs $0.84.", ["/photos"]);
        var asked = calls.Find("a", "me")!;

        Assert.False(calls.Answer("a", asked.Question + 1, isYes: true));
        Assert.True(calls.Answer("a", asked.Question, isYes: true));
        Assert.False(calls.Answer("a", asked.Question, isYes: false));
        var answered = calls.Find("a", "me")!;

        Assert.Equal((0.84m, "It costs $0.84."), (asked.AsksUsd, asked.Asks));
        Assert.Equal(["/photos"], asked.Folders);
        Assert.Equal((null, 0.84m, false), (answered.AsksUsd, answered.GrantedUsd, answered.IsDeclined));
    }

    [Fact]
    public void What_was_called_off_queues_nothing_any_more()
    {
        using var test = new TestDatabase();
        var calls = new McpTaskStore(test.Database, TimeProvider.System);
        calls.Begin("a", "me", "animate_image", "{}");
        calls.Cancel("a");

        var refused = Assert.Throws<I2VException>(() => test.Queue.Submit(TestDatabase.Paid(1), NoApproval, fresh: false, "a"));

        Assert.Equal(ErrorCode.Canceled, refused.Code);
        Assert.Null(test.Jobs.Find(1));
        Assert.True(calls.Find("a", "me")!.IsCanceled);
        calls.End("a", "{}");
        Assert.Null(calls.Find("a", "me")!.Outcome);
    }

    [Fact]
    public void A_call_that_could_be_forgotten_is_forgotten_with_the_next_one()
    {
        using var test = new TestDatabase();
        var time = new SteppedTime();
        var calls = new McpTaskStore(test.Database, time);
        calls.Begin("old", "me", "animate_image", "{}");
        time.Now += McpTaskStore.Lifetime - TimeSpan.FromMinutes(1);
        calls.Begin("newer", "me", "animate_image", "{}");
        Assert.NotNull(calls.Find("old", "me"));
        time.Now += TimeSpan.FromMinutes(2);

        calls.Begin("newest", "me", "animate_image", "{}");

        Assert.Null(calls.Find("old", "me"));
        Assert.NotNull(calls.Find("newer", "me"));
    }
}
