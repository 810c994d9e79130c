using McpI2V.Http.Transport;
using McpI2V.Http.Transport.Streams;
using McpI2V.Settings;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

#pragma warning disable MCP9006 // The versions with sessions resume streams.

namespace McpI2V.Tests;

/// <summary>Sessions that nobody uses any more.</summary>
public sealed class SilentSessions
{
    private static readonly McpServerOptions Face = new() { ServerInfo = new Implementation { Name = "test", Version = "1" } };
    private readonly Clock clock = new();

    [Fact]
    public async Task One_ends_when_it_has_been_silent_for_long_and_one_that_is_in_use_does_not()
    {
        await using var sessions = new HttpSessions(new HttpOptions(), new EventStreams(clock), clock);
        var silent = (await sessions.BeginAsync("me", Face))!;
        var listening = (await sessions.BeginAsync("me", Face))!;
        using var use = listening.Use();

        clock.Passed += TimeSpan.FromMinutes(119);
        await sessions.EndIdleAsync(TimeSpan.FromMinutes(120));
        Assert.NotNull(sessions.Find(silent.Id, "me"));
        clock.Passed += TimeSpan.FromMinutes(2);
        await sessions.EndIdleAsync(TimeSpan.FromMinutes(120));

        Assert.Null(sessions.Find(silent.Id, "me"));
        Assert.NotNull(sessions.Find(listening.Id, "me"));
    }

    [Fact]
    public async Task Where_there_is_no_room_the_silent_make_room_and_the_busy_do_not()
    {
        await using var sessions = new HttpSessions(new HttpOptions { MaxSessions = 1 }, new EventStreams(clock), clock);
        var first = (await sessions.BeginAsync("me", Face))!;

        Assert.Null(await sessions.BeginAsync("you", Face));
        clock.Passed += TimeSpan.FromMinutes(31);
        var second = await sessions.BeginAsync("you", Face);

        Assert.NotNull(second);
        Assert.Null(sessions.Find(first.Id, "me"));
        Assert.Null(sessions.Find(second.Id, "me"));
    }

    [Fact]
    public async Task A_caller_who_begins_too_many_loses_their_own_oldest_and_nobody_else_loses_any()
    {
        await using var sessions = new HttpSessions(
            new HttpOptions { MaxSessions = 10, MaxSessionsPerCaller = 3 },
            new EventStreams(clock),
            clock);
        var others = (await sessions.BeginAsync("you", Face))!;
        List<HttpSession> mine = [];
        for (var i = 0; i < 5; i++)
        {
            clock.Passed += TimeSpan.FromSeconds(1);
            mine.Add((await sessions.BeginAsync("me", Face))!);
            mine[^1].Use().Dispose();
        }

        Assert.Equal([false, false, true, true, true], mine.Select(s => sessions.Find(s.Id, "me") is not null));
        Assert.NotNull(sessions.Find(others.Id, "you"));
        using var first = mine[2].Use();
        using var second = mine[3].Use();
        using var third = mine[4].Use();
        Assert.Null(await sessions.BeginAsync("me", Face));
        Assert.True(sessions.IsFull("me"));
    }

    [Fact]
    public async Task Who_has_taken_all_places_makes_room_for_who_has_none()
    {
        await using var sessions = new HttpSessions(new HttpOptions { MaxSessions = 4 }, new EventStreams(clock), clock);
        for (var i = 0; i < 4; i++)
        {
            await sessions.BeginAsync("me", Face);
        }

        var (first, second) = (await sessions.BeginAsync("you", Face), await sessions.BeginAsync("you", Face));

        Assert.NotNull(sessions.Find(first!.Id, "you"));
        Assert.NotNull(sessions.Find(second!.Id, "you"));
    }

    [Fact]
    public async Task Many_streams_of_one_caller_let_no_other_be_forgotten()
    {
        var streams = new EventStreams(clock);
        var others = streams.Create("you", new SseEventStreamOptions { SessionId = "yours", StreamId = "1" });
        var theirs = await others.WriteEventAsync(default);
        await others.DisposeAsync();
        var first = streams.Create("me", new SseEventStreamOptions { SessionId = "mine", StreamId = "1" });
        var mine = await first.WriteEventAsync(default);
        await first.DisposeAsync();

        for (var i = 0; i < 1_000; i++)
        {
            await streams.Create("me", new SseEventStreamOptions { SessionId = "mine", StreamId = "1" }).DisposeAsync();
        }

        Assert.NotNull(streams.Find(theirs.EventId!));
        Assert.Null(streams.Find(mine.EventId!));
    }

    [Fact]
    public async Task What_was_sent_on_a_stream_is_forgotten_two_minutes_after_its_end()
    {
        var all = new EventStreams(clock);
        var streams = all.ForCaller("me");
        var options = new SseEventStreamOptions { SessionId = "s", StreamId = "1" };
        var stream = await streams.CreateStreamAsync(options);
        var first = await stream.WriteEventAsync(default);
        var second = await stream.WriteEventAsync(default);
        await stream.DisposeAsync();
        List<string?> rest = [];

        await foreach (var item in (await streams.GetStreamReaderAsync(first.EventId!))!.ReadEventsAsync())
        {
            rest.Add(item.EventId);
        }
        Assert.Equal([second.EventId], rest);
        clock.Passed += TimeSpan.FromMinutes(3);
        all.Sweep();

        Assert.Null(await streams.GetStreamReaderAsync(first.EventId!));
    }

    private sealed class Clock : TimeProvider
    {
        public TimeSpan Passed { get; set; } = TimeSpan.FromDays(1);

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => Passed.Ticks;
    }
}
