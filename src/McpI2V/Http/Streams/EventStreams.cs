using System.Buffers.Text;
using System.Collections.Concurrent;
using System.Globalization;
using System.Security.Cryptography;
using ModelContextProtocol.Server;

#pragma warning disable MCP9006 // The versions with sessions resume streams; 2026-07-28 has neither.

namespace McpI2V.Http.Streams;

/// <summary>
/// Keeps what was sent on the streams of sessions, so that a client whose connection broke gets the rest by its Last-Event-ID:
/// while a call runs, and for two minutes after its answer. Bounded: of streams that are over, the oldest are forgotten.
/// </summary>
internal sealed class EventStreams(TimeProvider time) : ISseEventStreamStore
{
    private const int MostEnded = 256;
    private static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(2);
    private readonly ConcurrentDictionary<string, EventStream> streams = new(StringComparer.Ordinal);
    private readonly ConcurrentQueue<EventStream> ended = [];

    /// <inheritdoc/>
    public ValueTask<ISseEventStreamWriter> CreateStreamAsync(SseEventStreamOptions options, CancellationToken cancellationToken = default)
    {
        var stream = new EventStream(Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(18)), options, time, OnEnd);
        streams[stream.Id] = stream;
        return ValueTask.FromResult<ISseEventStreamWriter>(stream);
    }

    /// <inheritdoc/>
    public ValueTask<ISseEventStreamReader?> GetStreamReaderAsync(string lastEventId, CancellationToken cancellationToken = default)
    {
        var end = lastEventId.LastIndexOf('_');
        return ValueTask.FromResult<ISseEventStreamReader?>(
            end > 0 && streams.TryGetValue(lastEventId[..end], out var stream) && long.TryParse(lastEventId[(end + 1)..], NumberStyles.None, CultureInfo.InvariantCulture, out var number)
                ? new EventStreamRest(stream, number)
                : null);
    }

    /// <summary>Forgets streams that have been over for long.</summary>
    public void Sweep()
    {
        while (ended.TryPeek(out var oldest) && (oldest.EndedFor > Lifetime || ended.Count > MostEnded) && ended.TryDequeue(out var gone))
        {
            streams.TryRemove(gone.Id, out _);
        }
    }

    private void OnEnd(EventStream stream)
    {
        ended.Enqueue(stream);
        Sweep();
    }
}
