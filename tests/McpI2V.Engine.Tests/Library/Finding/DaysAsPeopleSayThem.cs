using McpI2V.Engine.Library.Finding;

namespace McpI2V.Engine.Tests.Library.Finding;

public sealed class DaysAsPeopleSayThem
{
    // A Tuesday, at one in the morning in the server's zone and still Monday in UTC.
    private readonly SpokenTime times = new(new Clock(new DateTimeOffset(2026, 11, 30, 23, 0, 0, TimeSpan.Zero)));

    [Theory]
    [InlineData("2026-11-24", "2026-11-24 00:00", 24)]
    [InlineData("today", "2026-12-01 00:00", 24)]
    [InlineData("Yesterday", "2026-11-30 00:00", 24)]
    [InlineData("last tuesday", "2026-11-24 00:00", 24)]
    [InlineData("Tuesday", "2026-11-24 00:00", 24)]
    [InlineData("last monday", "2026-11-30 00:00", 24)]
    [InlineData("3 days ago", "2026-11-28 00:00", 24)]
    [InlineData("1 week ago", "2026-11-24 00:00", 24)]
    [InlineData("2 hours ago", "2026-11-30 23:00", 1)]
    public void A_day_begins_in_the_servers_zone(string said, string from, int hours)
    {
        var (since, until) = times.Read(said, "since");

        Assert.Equal((from, hours), (times.Shown(since), (int)(until - since).TotalHours));
    }

    [Theory]
    [InlineData("next week")]
    [InlineData("letzten Dienstag")]
    [InlineData("2026-13-40")]
    [InlineData("")]
    public void What_is_said_otherwise_is_refused_with_what_is_understood(string said)
    {
        var e = Assert.Throws<I2VException>(() => times.Read(said, "since"));

        Assert.Contains("2026-11-24, 2026-11-24T15:00, today, yesterday, last tuesday, 3 days ago", e.Message, StringComparison.Ordinal);
    }

    private sealed class Clock(DateTimeOffset now) : TimeProvider
    {
        public override TimeZoneInfo LocalTimeZone { get; } =
            TimeZoneInfo.CreateCustomTimeZone("here", TimeSpan.FromHours(2), "here", "here");

        public override DateTimeOffset GetUtcNow() => now;
    }
}
