using System.Globalization;
using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

#pragma warning disable MCP9006 // The versions with sessions resume streams; 2026-07-28 has neither.

namespace McpI2V.Http.Transport.Streams;

/// <summary>What was sent on one stream of a session, by number, so that it can be sent again.</summary>
internal sealed class EventStream(string id, SseEventStreamOptions options, TimeProvider time, Action<EventStream> onEnd)
    : ISseEventStreamWriter
{
    private const int MostEvents = 256;

    // Who polls and finds nothing new is kept this long.
    private static readonly TimeSpan PollWait = TimeSpan.FromSeconds(5);

    private readonly Lock gate = new();
    private readonly Queue<(long Number, SseItem<JsonRpcMessage?> Item)> events = [];
    private TaskCompletionSource changed = New();
    private SseEventStreamMode mode = options.Mode;
    private long last;
    private bool hasEnded;
    private long endedAt;

    /// <summary>Its unguessable name.</summary>
    public string Id => id;

    /// <summary>The session it belongs to.</summary>
    public string SessionId => options.SessionId;

    /// <summary>Its name in the session.</summary>
    public string StreamId => options.StreamId;

    /// <summary>How long it has been over; zero while it is not.</summary>
    public TimeSpan EndedFor => endedAt is 0 ? TimeSpan.Zero : time.GetElapsedTime(endedAt);

    /// <inheritdoc/>
    public ValueTask SetModeAsync(SseEventStreamMode mode, CancellationToken cancellationToken = default)
    {
        lock (gate)
        {
            this.mode = mode;
            Tell();
        }
        return ValueTask.CompletedTask;
    }

    /// <inheritdoc/>
    public ValueTask<SseItem<JsonRpcMessage?>> WriteEventAsync(
        SseItem<JsonRpcMessage?> sseItem,
        CancellationToken cancellationToken = default)
    {
        if (sseItem.EventId is not null)
        {
            return ValueTask.FromResult(sseItem);
        }
        lock (gate)
        {
            var item = sseItem with { EventId = string.Create(CultureInfo.InvariantCulture, $"{id}_{++last}") };
            events.Enqueue((last, item));
            if (events.Count > MostEvents)
            {
                events.Dequeue();
            }
            Tell();
            return ValueTask.FromResult(item);
        }
    }

    /// <summary>What came after a number, and what comes: to its end, or where it is polled, as far as it goes soon.</summary>
    public async IAsyncEnumerable<SseItem<JsonRpcMessage?>> AfterAsync(
        long number,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var hasSent = false;
        while (true)
        {
            IReadOnlyList<(long Number, SseItem<JsonRpcMessage?> Item)> next;
            Task more;
            bool isPolled;
            bool isOver;
            lock (gate)
            {
                next = [.. events.Where(e => e.Number > number)];
                more = changed.Task;
                isOver = hasEnded;
                isPolled = mode == SseEventStreamMode.Polling;
            }
            foreach (var (at, item) in next)
            {
                number = at;
                yield return item;
            }
            hasSent |= next.Count > 0;
            if (next.Count > 0)
            {
                continue;
            }
            if (isOver || (isPolled && hasSent))
            {
                yield break;
            }
            await more
                .WaitAsync(isPolled ? PollWait : Timeout.InfiniteTimeSpan, time, cancellationToken)
                .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            cancellationToken.ThrowIfCancellationRequested();
            if (isPolled && !more.IsCompleted)
            {
                yield break;
            }
        }
    }

    /// <summary>Ends it: nothing more will be written.</summary>
    public ValueTask DisposeAsync()
    {
        lock (gate)
        {
            if (hasEnded)
            {
                return ValueTask.CompletedTask;
            }
            hasEnded = true;
            endedAt = time.GetTimestamp();
            Tell();
        }
        onEnd(this);
        return ValueTask.CompletedTask;
    }

    private void Tell()
    {
        changed.TrySetResult();
        changed = New();
    }

    private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
