using System.Net;
using System.Net.Sockets;
using McpI2V.Engine.Library.Import;

namespace McpI2V.Providers.Http;

/// <summary>
/// Connects to public addresses only, decided on the address that is connected to; a base URL that the user set is trusted with its host
/// and port.
/// </summary>
/// <param name="trusted">The user's own base URL; null: none.</param>
internal sealed class GuardedConnections(Uri? trusted)
{
    private static readonly TimeSpan ConnectTimeout = TimeSpan.FromSeconds(15);

    /// <summary>A handler that follows no redirects, keeps no cookies and asks no proxy.</summary>
    /// <param name="reuse">False: every request gets a connection of its own, so that none is lost on one that the other side is just
    /// closing.</param>
    public SocketsHttpHandler Handler(bool reuse) => new()
    {
        AllowAutoRedirect = false,
        UseCookies = false,
        UseProxy = false,
        ConnectTimeout = ConnectTimeout,
        MaxResponseHeadersLength = 64,
        MaxConnectionsPerServer = 64,
        PooledConnectionIdleTimeout = reuse ? TimeSpan.FromSeconds(60) : TimeSpan.Zero,
        PooledConnectionLifetime = TimeSpan.FromMinutes(5),
        AutomaticDecompression = DecompressionMethods.None,
        ConnectCallback = ConnectAsync,
        // A provider learns nothing of our traces.
        ActivityHeadersPropagator = null,
    };

    /// <summary>True for an address of the user's own base URL.</summary>
    public bool IsTrusted(Uri uri) => trusted is not null
        && uri.Scheme == trusted.Scheme
        && uri.IdnHost.Equals(trusted.IdnHost, StringComparison.OrdinalIgnoreCase)
        && uri.Port == trusted.Port;

    private async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken cancellationToken)
    {
        var host = context.DnsEndPoint.Host;
        var isTrusted = trusted is not null
            && host.Equals(trusted.IdnHost.Trim('[', ']'), StringComparison.OrdinalIgnoreCase)
            && context.DnsEndPoint.Port == trusted.Port;
        var addresses = IPAddress.TryParse(host, out var literal) ? [literal] : await Dns.GetHostAddressesAsync(host, cancellationToken);
        if (addresses.Length == 0 || (!isTrusted && addresses.Any(AddressGuard.IsSpecial)))
        {
            throw new ForbiddenAddressException(host);
        }
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(addresses, context.DnsEndPoint.Port, cancellationToken);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
