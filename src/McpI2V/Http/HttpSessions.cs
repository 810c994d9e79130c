using System.Buffers.Text;
using System.Collections.Concurrent;
using System.Security.Cryptography;
using McpI2V.Http.Streams;
using Microsoft.Extensions.Logging.Abstractions;
using ModelContextProtocol.Server;

#pragma warning disable MCP9006 // The versions with sessions resume streams; 2026-07-28 has neither.

namespace McpI2V.Http;

/// <summary>The sessions of clients that speak a protocol with sessions: bounded, and ended when they fall silent.</summary>
internal sealed class HttpSessions(HttpOptions options, EventStreams streams, TimeProvider time) : IAsyncDisposable
{
    private readonly ConcurrentDictionary<string, HttpSession> sessions = new(StringComparer.Ordinal);

    /// <summary>A new session; null if there are as many as there may be, and none of them is idle.</summary>
    public async Task<HttpSession?> BeginAsync(string caller, McpServerOptions face)
    {
        if (sessions.Count >= options.MaxSessions)
        {
            await EndIdleAsync(options.Idle / 4);
        }
        if (sessions.Count >= options.MaxSessions)
        {
            return null;
        }
        var id = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(24));
        var transport = new StreamableHttpServerTransport(NullLoggerFactory.Instance) { SessionId = id, EventStreamStore = streams };
        var session = new HttpSession(id, caller, transport, McpServer.Create(transport, face, NullLoggerFactory.Instance, serviceProvider: null), time);
        sessions[id] = session;
        session.Start();
        return session;
    }

    /// <summary>A caller's session; null for one that is not there, and for another's: a name proves nothing.</summary>
    public HttpSession? Find(string id, string caller) => sessions.TryGetValue(id, out var session) && session.Caller == caller ? session : null;

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
    }
}
