using System.Net.ServerSentEvents;
using ModelContextProtocol.Protocol;
using ModelContextProtocol.Server;

#pragma warning disable MCP9006 // The versions with sessions resume streams; 2026-07-28 has neither.

namespace McpI2V.Http.Transport.Streams;

/// <summary>The rest of a stream after the event that its client had last.</summary>
internal sealed class EventStreamRest(EventStream stream, long number) : ISseEventStreamReader
{
    /// <inheritdoc/>
    public string SessionId => stream.SessionId;

    /// <inheritdoc/>
    public string StreamId => stream.StreamId;

    /// <inheritdoc/>
    public IAsyncEnumerable<SseItem<JsonRpcMessage?>> ReadEventsAsync(CancellationToken cancellationToken = default) =>
        stream.AfterAsync(number, cancellationToken);
}
