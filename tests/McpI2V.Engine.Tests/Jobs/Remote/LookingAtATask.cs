using FsCheck;
using FsCheck.Fluent;
using McpI2V.Engine.Jobs.Remote.Pacing;
using McpI2V.Engine.Providers;

namespace McpI2V.Engine.Tests.Jobs.Remote;

public sealed class LookingAtATask
{
    private static readonly ProviderLimits Limits = new() { PollEvery = TimeSpan.FromSeconds(5), PollAtMost = TimeSpan.FromSeconds(15) };

    [Fact]
    public void It_is_never_looked_at_faster_than_the_vendor_allows() => Prop.ForAll(
        Gen.Choose(0, 100_000).Zip(Gen.Choose(0, 20_000)).ToArbitrary(),
        pair =>
        {
            var (age, usual) = (TimeSpan.FromMilliseconds(pair.Item1 * 37), pair.Item2 == 0
                ? (TimeSpan?)null
                : TimeSpan.FromMilliseconds(pair.Item2 * 37));
            return PollSchedule.Next(age, usual, Limits) >= Limits.PollEvery;
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void A_task_that_takes_as_long_as_usual_is_seen_within_one_interval()
    {
        for (var seconds = 6.0; seconds < 600; seconds += 1.7)
        {
            var usual = TimeSpan.FromSeconds(seconds);
            var seen = TimeSpan.Zero;
            while (seen < usual)
            {
                seen += PollSchedule.Next(seen, usual, Limits);
            }
            Assert.True(seen - usual <= Limits.PollEvery, $"done after {usual.TotalSeconds} s, seen after {seen.TotalSeconds} s");
        }
    }

    [Fact]
    public void An_old_task_is_looked_at_rarely_but_not_never() =>
        Assert.Equal(Limits.PollAtMost, PollSchedule.Next(TimeSpan.FromHours(3), TimeSpan.FromMinutes(1), Limits));
}
