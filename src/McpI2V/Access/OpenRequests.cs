using System.Collections.Concurrent;
using Microsoft.AspNetCore.Http;

namespace McpI2V.Access;

/// <summary>The requests that are open by token: one that opens nothing any more has its streams closed.</summary>
internal sealed class OpenRequests
{
    private readonly ConcurrentDictionary<HttpContext, string> open = [];

    /// <summary>A request that is open until this is disposed.</summary>
    public IDisposable Begin(HttpContext context, string token)
    {
        open[context] = token;
        return new Mark(this, context);
    }

    /// <summary>Cuts the requests of tokens that are no more.</summary>
    public void Cut(Func<string, bool> isGone)
    {
        foreach (var (context, _) in open.Where(o => isGone(o.Value)))
        {
            context.Abort();
        }
    }

    private sealed class Mark(OpenRequests requests, HttpContext context) : IDisposable
    {
        public void Dispose() => requests.open.TryRemove(context, out _);
    }
}
