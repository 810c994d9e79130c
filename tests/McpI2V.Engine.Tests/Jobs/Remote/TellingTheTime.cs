using McpI2V.Engine.Jobs.Remote.Pacing;
using McpI2V.Engine.Providers;

namespace McpI2V.Engine.Tests.Jobs.Remote;

/// <summary>A clock that somebody sets makes nothing late and nothing early: waits are measured by one that nobody sets.</summary>
public sealed class TellingTheTime
{
    [Theory]
    [InlineData(-1)]
    [InlineData(1)]
    [InlineData(24 * 365 * 10)]
    public void A_provider_that_asked_to_be_left_alone_is_open_again_when_the_time_has_passed(int hours)
    {
        var time = new SteppedTime();
        var concurrency = new ProviderConcurrency(new OneAtATime(), time);
        concurrency.Close(TimeSpan.FromSeconds(30));

        time.Now += TimeSpan.FromHours(hours);
        Assert.False(concurrency.TryTake(), "the clock was set, and no time has passed");
        time.Pass(TimeSpan.FromSeconds(31));

        Assert.True(concurrency.TryTake(), "the time has passed");
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(24 * 365 * 10)]
    public void A_task_does_not_age_by_a_clock_that_is_set(int hours)
    {
        var time = new SteppedTime();
        var age = new TaskAge(time, time.Now - TimeSpan.FromMinutes(5));

        time.Now += TimeSpan.FromHours(hours);
        time.Pass(TimeSpan.FromMinutes(1));

        Assert.Equal(TimeSpan.FromMinutes(6), age.Now);
        Assert.Equal(TimeSpan.FromMinutes(1), age.Watched);
    }

    [Fact]
    public void A_task_that_was_taken_in_the_future_is_new()
    {
        var time = new SteppedTime();

        Assert.Equal(TimeSpan.Zero, new TaskAge(time, time.Now + TimeSpan.FromHours(1)).Now);
    }

    [Fact]
    public void A_key_that_was_never_accepted_fails_what_waits_and_one_that_was_is_asked_for_again()
    {
        var time = new SteppedTime();
        var concurrency = new ProviderConcurrency(new OneAtATime(), time);

        Assert.False(concurrency.PauseForKey("no such key"), "a wrong key from the start is told at once");
        concurrency.Accepted();
        Assert.True(concurrency.PauseForKey("revoked"));
        Assert.False(concurrency.IsTimeToAskForKey());
        time.Pass(TimeSpan.FromSeconds(3));
        Assert.True(concurrency.IsTimeToAskForKey());
        Assert.False(concurrency.IsTimeToAskForKey());
        concurrency.Accepted();
        Assert.Null(concurrency.KeyFault);
    }

    private sealed class OneAtATime : IProvider
    {
        public string Name => "vendor";

        public string? UnavailableReason => null;

        public ProviderLimits Limits { get; } = new() { MaxConcurrent = 1 };

        public IReadOnlyList<string> Review(GenerationOrder order) => [];

        public Task<PreparedRequest> PrepareAsync(GenerationOrder order, CancellationToken jobCancelled) =>
            throw new NotSupportedException();

        public Task<Submission> SubmitAsync(PreparedRequest request, CancellationToken finishing) => throw new NotSupportedException();

        public Task<RemoteStatus> GetStatusAsync(RemoteTask task, GenerationOrder order, CancellationToken jobCancelled) =>
            throw new NotSupportedException();

        public Task CancelAsync(RemoteTask task, CancellationToken jobCancelled) => throw new NotSupportedException();

        public Task FetchAsync(RemoteOutput output, string path, CancellationToken jobCancelled) => throw new NotSupportedException();

        public Task<string?> CheckKeyAsync(CancellationToken cancellationToken) => throw new NotSupportedException();
    }
}
