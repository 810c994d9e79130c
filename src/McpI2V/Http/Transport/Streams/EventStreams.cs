using System.Buffers.Text;
using System.Collections.Concurrent;
using System.Globalization;
using System.Security.Cryptography;
using ModelContextProtocol.Server;

#pragma warning disable MCP9006 // The versions with sessions resume streams; 2026-07-28 has neither.

namespace McpI2V.Http.Transport.Streams;

/// <summary>
/// Keeps what was sent on the streams of sessions, so that a client whose connection broke gets the rest by its Last-Event-ID:
/// while a call runs, and for two minutes after its answer. Bounded by caller: of one's streams that are over, the oldest are forgotten.
/// </summary>
internal sealed class EventStreams(TimeProvider time)
{
    private const int MostEnded = 128;
    private static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(2);
    private readonly ConcurrentDictionary<string, EventStream> streams = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, ConcurrentQueue<EventStream>> ended = new(StringComparer.Ordinal);

    /// <summary>The streams of a caller, as a session takes them.</summary>
    public ISseEventStreamStore ForCaller(string caller) => new CallersStreams(this, caller);

    /// <summary>Begins a stream.</summary>
    public ISseEventStreamWriter Create(string caller, SseEventStreamOptions options)
    {
        var stream = new EventStream(
            Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(18)),
            options,
            time,
            over => OnEnd(caller, over));
        streams[stream.Id] = stream;
        return stream;
    }

    /// <summary>The rest of a stream after an event; null if the event is not known.</summary>
    public ISseEventStreamReader? Find(string lastEventId)
    {
        var end = lastEventId.LastIndexOf('_');
        return end > 0
            && streams.TryGetValue(lastEventId[..end], out var stream)
            && long.TryParse(lastEventId[(end + 1)..], NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? new EventStreamRest(stream, number)
            : null;
    }

    /// <summary>Forgets streams that have been over for long.</summary>
    public void Sweep()
    {
        foreach (var queue in ended.Values)
        {
            Sweep(queue);
        }
    }

    private void OnEnd(string caller, EventStream stream)
    {
        var queue = ended.GetOrAdd(caller, _ => []);
        queue.Enqueue(stream);
        Sweep(queue);
    }

    private void Sweep(ConcurrentQueue<EventStream> queue)
    {
        while (queue.TryPeek(out var oldest) && (oldest.EndedFor > Lifetime || queue.Count > MostEnded) && queue.TryDequeue(out var gone))
        {
            streams.TryRemove(gone.Id, out _);
        }
    }
}
