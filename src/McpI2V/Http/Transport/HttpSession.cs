using ModelContextProtocol.Server;

namespace McpI2V.Http.Transport;

/// <summary>A conversation of a client with an initialize handshake; a caller's own.</summary>
internal sealed class HttpSession(string id, string caller, StreamableHttpServerTransport transport, McpServer server, TimeProvider time)
    : IAsyncDisposable
{
    private readonly CancellationTokenSource closed = new();
    private Task running = Task.CompletedTask;
    private long lastUse = time.GetTimestamp();
    private int open;
    private int listening;

    /// <summary>Its unguessable name.</summary>
    public string Id => id;

    /// <summary>Whose it is.</summary>
    public string Caller => caller;

    /// <summary>What carries its messages.</summary>
    public StreamableHttpServerTransport Transport => transport;

    /// <summary>True while a request is open.</summary>
    public bool IsInUse => Volatile.Read(ref open) > 0;

    /// <summary>How long nobody has used it; zero while a request is open.</summary>
    public TimeSpan IdleFor => IsInUse ? TimeSpan.Zero : time.GetElapsedTime(Volatile.Read(ref lastUse));

    /// <summary>Begins to answer.</summary>
    public void Start() => running = server.RunAsync(closed.Token);

    /// <summary>Marks a request as open until it is disposed.</summary>
    public IDisposable Use()
    {
        Interlocked.Increment(ref open);
        return new Mark(this);
    }

    /// <summary>True for the first stream of the server's own messages: there is one.</summary>
    public bool TryListen() => Interlocked.Exchange(ref listening, 1) == 0;

    /// <summary>The stream has ended; another may begin.</summary>
    public void StopListening() => Volatile.Write(ref listening, 0);

    /// <summary>Ends it and what it still answers.</summary>
    public async ValueTask DisposeAsync()
    {
        await closed.CancelAsync();
        await running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await server.DisposeAsync();
        await transport.DisposeAsync();
        closed.Dispose();
    }

    private sealed class Mark(HttpSession session) : IDisposable
    {
        public void Dispose()
        {
            Volatile.Write(ref session.lastUse, session.Now);
            Interlocked.Decrement(ref session.open);
        }
    }

    private long Now => time.GetTimestamp();
}
