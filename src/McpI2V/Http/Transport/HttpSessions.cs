using System.Buffers.Text;
using System.Collections.Concurrent;
using System.Security.Cryptography;
using McpI2V.Http.Transport.Streams;
using McpI2V.Settings;
using Microsoft.Extensions.Logging.Abstractions;
using ModelContextProtocol.Server;

#pragma warning disable MCP9006 // The versions with sessions resume streams; 2026-07-28 has neither.

namespace McpI2V.Http.Transport;

/// <summary>
/// The sessions of clients that speak a protocol with sessions: bounded by caller and in all, and ended when they fall silent.
/// </summary>
internal sealed class HttpSessions(HttpOptions options, EventStreams streams, TimeProvider time) : IAsyncDisposable
{
    private readonly ConcurrentDictionary<string, HttpSession> sessions = new(StringComparer.Ordinal);
    private readonly SemaphoreSlim beginning = new(1, 1);

    /// <summary>A new session; null if there are as many as there may be, of this caller or in all, and none may be ended for it.</summary>
    public async Task<HttpSession?> BeginAsync(string caller, McpServerOptions face)
    {
        await beginning.WaitAsync();
        try
        {
            if (!await MakeRoomAsync(caller))
            {
                return null;
            }
            var id = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(24));
            var transport = new StreamableHttpServerTransport(NullLoggerFactory.Instance)
            {
                SessionId = id,
                EventStreamStore = streams.ForCaller(caller),
            };
            var session = new HttpSession(
                id,
                caller,
                transport,
                McpServer.Create(transport, face, NullLoggerFactory.Instance, serviceProvider: null),
                time);
            sessions[id] = session;
            session.Start();
            return session;
        }
        finally
        {
            beginning.Release();
        }
    }

    /// <summary>True if a caller has as many sessions as one may have.</summary>
    public bool IsFull(string caller) => CountOf(caller) >= options.MaxSessionsPerCaller;

    /// <summary>A caller's session; null for one that is not there, and for another's: a name proves nothing.</summary>
    public HttpSession? Find(string id, string caller) =>
        sessions.TryGetValue(id, out var session) && session.Caller == caller ? session : null;

    /// <summary>Ends a session.</summary>
    public async Task EndAsync(HttpSession session)
    {
        if (sessions.TryRemove(session.Id, out _))
        {
            await session.DisposeAsync();
        }
    }

    /// <summary>Ends sessions that have been silent for so long.</summary>
    public async Task EndIdleAsync(TimeSpan idle)
    {
        foreach (var session in sessions.Values.Where(s => s.IdleFor > idle))
        {
            await EndAsync(session);
        }
    }

    /// <summary>Ends all.</summary>
    public async ValueTask DisposeAsync()
    {
        foreach (var session in sessions.Values)
        {
            await EndAsync(session);
        }
        beginning.Dispose();
    }

    // A caller's own oldest goes first; where all places are taken, the oldest of who has most, if that is more than the caller would have.
    private async Task<bool> MakeRoomAsync(string caller)
    {
        if (IsFull(caller))
        {
            return await EndOldestAsync(caller);
        }
        if (sessions.Count >= options.MaxSessions)
        {
            await EndIdleAsync(options.Idle / 4);
        }
        if (sessions.Count < options.MaxSessions)
        {
            return true;
        }
        var (most, count) = sessions.Values.CountBy(s => s.Caller).MaxBy(c => c.Value);
        return (most == caller || count > CountOf(caller) + 1) && await EndOldestAsync(most);
    }

    private async Task<bool> EndOldestAsync(string caller)
    {
        if (sessions.Values.Where(s => s.Caller == caller && !s.IsInUse).MaxBy(s => s.IdleFor) is not { } oldest)
        {
            return false;
        }
        await EndAsync(oldest);
        return true;
    }

    private int CountOf(string caller) => sessions.Values.Count(s => s.Caller == caller);
}
