using ModelContextProtocol.Server;

#pragma warning disable MCP9006 // The versions with sessions resume streams; 2026-07-28 has neither.

namespace McpI2V.Http.Transport.Streams;

/// <summary>The streams of one caller's sessions.</summary>
internal sealed class CallersStreams(EventStreams streams, string caller) : ISseEventStreamStore
{
    /// <inheritdoc/>
    public ValueTask<ISseEventStreamWriter> CreateStreamAsync(
        SseEventStreamOptions options,
        CancellationToken cancellationToken = default) => ValueTask.FromResult(streams.Create(caller, options));

    /// <inheritdoc/>
    public ValueTask<ISseEventStreamReader?> GetStreamReaderAsync(string lastEventId, CancellationToken cancellationToken = default) =>
        ValueTask.FromResult(streams.Find(lastEventId));
}
