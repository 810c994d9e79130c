using System.Net;
using System.Net.Sockets;

namespace McpI2V.Engine.Http;

/// <summary>
/// Connects to public addresses only. What decides is the address that is connected to, on every hop, so that neither a name that resolves
/// inwards nor a redirect gets past. Origins that the user named are trusted wherever they lie.
/// </summary>
/// <param name="trusted">Those origins: scheme, host and port count; a path does not.</param>
public sealed class GuardedConnections(IReadOnlyCollection<Uri> trusted)
{
    private static readonly TimeSpan ConnectTimeout = TimeSpan.FromSeconds(15);

    /// <summary>A handler that follows no redirects, keeps no cookies, unpacks nothing and asks no proxy.</summary>
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
        // Without it a connection that comes back is handed on to who waits, before its idle time is looked at.
        PooledConnectionLifetime = reuse ? TimeSpan.FromMinutes(5) : TimeSpan.Zero,
        AutomaticDecompression = DecompressionMethods.None,
        ConnectCallback = ConnectAsync,
        // The other side learns nothing of our traces.
        ActivityHeadersPropagator = null,
    };

    /// <summary>True for an address of an origin that the user named, without a user's name in it.</summary>
    public bool IsTrusted(Uri uri) => uri.UserInfo.Length == 0
        && trusted.Any(t => Http(uri.Scheme) == t.Scheme
            && uri.Host.Equals(t.Host, StringComparison.OrdinalIgnoreCase)
            && uri.Port == t.Port);

    // A socket begins as a request.
    private static string Http(string scheme) => scheme switch { "ws" => "http", "wss" => "https", _ => scheme };

    private async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken cancellationToken)
    {
        var host = context.DnsEndPoint.Host;
        var addresses = IPAddress.TryParse(host, out var literal) ? [literal] : await Dns.GetHostAddressesAsync(host, cancellationToken);
        // A connection serves one origin, so that of the request it is made for is that of all.
        var isTrusted = context.InitialRequestMessage.RequestUri is { } uri && IsTrusted(uri);
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
