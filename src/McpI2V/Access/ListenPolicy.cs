using System.Net;
using Microsoft.AspNetCore.Http;

namespace McpI2V.Access;

/// <summary>What follows from where the server listens.</summary>
/// <param name="Url">Where it listens.</param>
/// <param name="NeedsToken">False only on loopback, and only when the user said so.</param>
internal sealed record ListenPolicy(Uri Url, bool NeedsToken)
{
    private static readonly string[] LoopbackNames = ["localhost", "127.0.0.1", "[::1]", "::1"];

    /// <summary>True if only this machine reaches it.</summary>
    public bool IsLoopback => Url.IsLoopback;

    /// <summary>True for a host by which a client that reaches this address calls it.</summary>
    public bool IsListening(HostString host)
    {
        if (IsLoopback)
        {
            return LoopbackNames.Contains(host.Host, StringComparer.OrdinalIgnoreCase);
        }
        // Bound to all addresses: an address is no name that could be rebound.
        var listensToAll = IPAddress.TryParse(Url.IdnHost.Trim('[', ']'), out var bound)
            && (bound.Equals(IPAddress.Any) || bound.Equals(IPAddress.IPv6Any));
        return host.Host.Equals(Url.IdnHost, StringComparison.OrdinalIgnoreCase)
            || (listensToAll && IPAddress.TryParse(host.Host.Trim('[', ']'), out _))
            || LoopbackNames.Contains(host.Host, StringComparer.OrdinalIgnoreCase);
    }
}
