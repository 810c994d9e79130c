using McpI2V.Engine.Jobs;
using McpI2V.Engine.Jobs.Lanes;
using McpI2V.Engine.Jobs.Remote.Sending;
using McpI2V.Engine.Jobs.States;
using McpI2V.Engine.Providers;

namespace McpI2V.Engine.Tests.Jobs.Lanes;

/// <summary>One process at a time runs a lane; one that is asleep loses it, and writes nothing more.</summary>
public sealed class RunningALane
{
    [Fact]
    public void A_lane_is_held_by_one_and_free_when_that_one_lets_go()
    {
        using var test = new TestDatabase();
        using var first = new RunnerLock(test.Options, "vendor-abc", TimeProvider.System);
        using var second = new RunnerLock(test.Options, "vendor-abc", TimeProvider.System);
        using var other = new RunnerLock(test.Options, "vendor-def", TimeProvider.System);

        Assert.True(first.TryTake());
        Assert.False(second.TryTake());
        Assert.True(other.TryTake());
        first.Dispose();
        Assert.True(second.TryTake());
    }

    [Fact]
    public void A_holder_that_stands_still_loses_the_lane_and_one_that_beats_keeps_it()
    {
        var time = new SteppedTime();
        using var test = new TestDatabase();
        using var holder = new RunnerLock(test.Options, "vendor-abc", time);
        using var waiting = new RunnerLock(test.Options, "vendor-abc", time);
        Assert.True(holder.TryTake());

        for (var i = 0; i < 10; i++)
        {
            holder.Beat();
            Assert.False(waiting.TryTake());
            time.Pass(RunnerLock.AsleepAfter / 2);
        }
        Assert.False(waiting.TryTake());
        time.Pass(RunnerLock.AsleepAfter + TimeSpan.FromSeconds(1));

        Assert.True(waiting.TryTake(), "nobody has shown himself for longer than a sleeper may");
    }

    [Fact]
    public void Terms_of_one_lane_do_not_touch_another()
    {
        using var test = new TestDatabase();
        test.Queue.Submit(TestDatabase.Paid(1), new(null, null), fresh: false);
        var term = test.Terms.Begin("vendor", "vendor");
        var job = test.Jobs.TakeNext(term, "vendor", 1)!;

        test.Terms.Begin("other", "other");
        test.Jobs.Move(job, JobState.Running);
        test.Terms.Begin("vendor", "vendor");

        Assert.Throws<StaleTermException>(() => test.Jobs.Move(job, JobState.Fetching));
    }

    [Fact]
    public void What_was_asked_for_before_lanes_had_keys_goes_to_the_first_key()
    {
        using var test = new TestDatabase();
        test.Queue.Submit(TestDatabase.Paid(1), new(null, null), fresh: false);

        var term = test.Terms.Begin("vendor-abc", "vendor");

        Assert.Null(test.Jobs.TakeNext(test.Terms.Begin("vendor-def", "vendor"), "vendor-def", 1));
        Assert.Equal("vendor-abc", test.Jobs.TakeNext(term, "vendor-abc", 1)!.Lane);
    }

    [Fact]
    public void What_a_vendor_said_is_noted_in_place_and_forgotten_with_the_attempt()
    {
        using var test = new TestDatabase();
        var notes = new SendNotes(test.Options);

        notes.Reserve("key", new System.Text.Json.Nodes.JsonObject { ["prompt"] = "push in" });
        Assert.Null(notes.Read("key"));
        var before = new FileInfo(Path.Combine(test.Options.Home, ".answers", "key.note")).Length;
        notes.Note("key", new SendNote(new RemoteTask("task-1", "path")));

        Assert.Equal(new RemoteTask("task-1", "path"), notes.Read("key")!.Task);
        Assert.Equal(before, new FileInfo(Path.Combine(test.Options.Home, ".answers", "key.note")).Length);
        Assert.Equal("push in", notes.BodyOf("key")!["prompt"]!.ToString());
        var refused = new ProviderException(ErrorCode.ProviderRefused, "vendor's safety check refused it", Acceptance.No)
        {
            MayFallBack = false,
        };
        notes.Note("key", SendNote.Of(refused));
        Assert.Null(notes.Read("key")!.Task);
        Assert.Equal(Refusal.From(refused), notes.Read("key")!.Refusal);
        notes.Forget("key");
        Assert.Null(notes.Read("key"));
    }
}
