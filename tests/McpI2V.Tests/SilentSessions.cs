#pragma warning disable MCP9006 // The versions with sessions resume streams.
using McpI2V.Http;
using McpI2V.Http.Streams;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

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
    public async Task What_was_sent_on_a_stream_is_forgotten_two_minutes_after_its_end()
    {
        var streams = new EventStreams(clock);
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
        streams.Sweep();

        Assert.Null(await streams.GetStreamReaderAsync(first.EventId!));
    }

    private sealed class Clock : TimeProvider
    {
        public TimeSpan Passed { get; set; } = TimeSpan.FromDays(1);

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => Passed.Ticks;
    }
}
