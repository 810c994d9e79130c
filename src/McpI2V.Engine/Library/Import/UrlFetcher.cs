using System.Net;
using System.Net.Sockets;

namespace McpI2V.Engine.Library.Import;

/// <summary>
/// Fetches an address that a user gave. Whether it may be reached is decided by the address that is connected to, on every
/// hop, so that neither a name that resolves inwards nor a redirect gets past.
/// </summary>
public sealed class UrlFetcher : IDisposable
{
    private const int MaxRedirects = 5;
    private static readonly string[] LocalNames = ["localhost", "local", "internal", "home.arpa"];
    private readonly InputOptions options;
    private readonly HttpMessageInvoker guarded;
    private readonly HttpMessageInvoker trusted;

    public UrlFetcher(InputOptions options)
    {
        this.options = options;
        guarded = new HttpMessageInvoker(Handler(ConnectToPublicAsync));
        trusted = new HttpMessageInvoker(Handler(null));
    }

    /// <summary>Downloads to a file.</summary>
    /// <exception cref="I2VException">The address may not be reached, answers with an error, is too large, too slow or cut
    /// short.</exception>
    public async Task DownloadAsync(string address, string argument, string path, CancellationToken cancellationToken)
    {
        using var whole = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        whole.CancelAfter(options.Timeout);
        try
        {
            var uri = Parse(address, argument);
            for (var hop = 0; hop <= MaxRedirects; hop++)
            {
                using var response = await SendAsync(uri, whole.Token);
                if (response.Headers.Location is { } location && (int)response.StatusCode is >= 300 and < 400)
                {
                    uri = Parse(
                        location.IsAbsoluteUri
                            ? location.OriginalString
                            : Uri.TryCreate(uri, location, out var next) ? next.AbsoluteUri : "",
                        argument);
                    continue;
                }
                await SaveAsync(response, uri, argument, path, whole.Token);
                return;
            }
            throw Refused(argument, $"{Shown(uri)} redirects more than {MaxRedirects} times", ErrorCode.InputForbidden);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw Refused(
                argument,
                $"the download was too slow: it must move within {options.StallTimeout.TotalSeconds:0} s and be done " +
                    $"within {options.Timeout.TotalSeconds:0} s",
                ErrorCode.MediaUnreadable);
        }
        catch (HttpRequestException e) when (e.InnerException is I2VException told)
        {
            throw Refused(argument, told.Message, told.Code);
        }
        catch (Exception e) when (e is HttpRequestException or HttpIOException)
        {
            throw Refused(argument, "the address could not be fetched: " + e.Message, ErrorCode.MediaUnreadable);
        }
    }

    /// <summary>Closes all connections.</summary>
    public void Dispose()
    {
        guarded.Dispose();
        trusted.Dispose();
    }

    private static SocketsHttpHandler Handler(Func<SocketsHttpConnectionContext, CancellationToken, ValueTask<Stream>>? connect)
    {
        var handler = new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseProxy = false,
            UseCookies = false,
            ConnectTimeout = TimeSpan.FromSeconds(15),
            MaxResponseHeadersLength = 64,
        };
        if (connect is not null)
        {
            handler.ConnectCallback = connect;
        }
        return handler;
    }

    private static async ValueTask<Stream> ConnectToPublicAsync(SocketsHttpConnectionContext context, CancellationToken cancellationToken)
    {
        var host = context.DnsEndPoint.Host;
        var addresses = IPAddress.TryParse(host, out var literal) ? [literal] : await Dns.GetHostAddressesAsync(host, cancellationToken);
        if (addresses.Length == 0 || addresses.Any(AddressGuard.IsSpecial))
        {
            throw new I2VException(ErrorCode.InputForbidden, $"{host} lies in a private or reserved network and is not fetched; save " +
                "the file and give its path, or name its origin in I2V__Inputs__TrustedOrigins");
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

    private async Task<HttpResponseMessage> SendAsync(Uri uri, CancellationToken cancellationToken)
    {
        using var stall = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        stall.CancelAfter(options.StallTimeout);
        using var request = new HttpRequestMessage(HttpMethod.Get, uri);
        request.Headers.UserAgent.ParseAdd("mcp-i2v");
        return await (IsTrusted(uri) ? trusted : guarded).SendAsync(request, stall.Token);
    }

    private async Task SaveAsync(HttpResponseMessage response, Uri uri, string argument, string path, CancellationToken cancellationToken)
    {
        if (!response.IsSuccessStatusCode)
        {
            throw Refused(argument, $"{Shown(uri)} answered {(int)response.StatusCode}", ErrorCode.MediaUnreadable);
        }
        var promised = response.Content.Headers.ContentLength;
        if (promised > options.MaxBytes)
        {
            throw TooLarge(argument);
        }
        await using var body = await response.Content.ReadAsStreamAsync(cancellationToken);
        await using var file = File.Create(path);
        var buffer = new byte[81920];
        long total = 0;
        while (true)
        {
            using var stall = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            stall.CancelAfter(options.StallTimeout);
            var read = await ReadAsync(body, buffer, argument, stall.Token);
            if (read == 0)
            {
                break;
            }
            total += read;
            if (total > options.MaxBytes)
            {
                throw TooLarge(argument);
            }
            await file.WriteAsync(buffer.AsMemory(0, read), cancellationToken);
        }
        if (promised is not null && total != promised)
        {
            throw Refused(argument, $"the download was cut short: {total} of {promised} bytes", ErrorCode.MediaUnreadable);
        }
    }

    private static async Task<int> ReadAsync(Stream body, byte[] buffer, string argument, CancellationToken cancellationToken)
    {
        try
        {
            return await body.ReadAsync(buffer, cancellationToken);
        }
        catch (IOException)
        {
            throw Refused(argument, "the download was cut short by the other side", ErrorCode.MediaUnreadable);
        }
    }

    /// <summary>An address that may be fetched, as far as its text tells.</summary>
    /// <exception cref="I2VException">It may not.</exception>
    internal Uri Parse(string address, string argument)
    {
        if (!Uri.TryCreate(address, UriKind.Absolute, out var uri) || HostOf(uri) is not { } host)
        {
            throw Refused(argument, "that is not an address", ErrorCode.InvalidArgument);
        }
        if (IsTrusted(uri))
        {
            return uri;
        }
        if (uri.UserInfo.Length > 0)
        {
            throw Refused(argument, "an address with a user name in it is not fetched", ErrorCode.InputForbidden);
        }
        if (!MayBePublic(host.Trim('[', ']').TrimEnd('.')))
        {
            throw Refused(
                argument,
                $"{host} lies in a private or reserved network and is not fetched; save the file and give its path, or name its origin " +
                    "in I2V__Inputs__TrustedOrigins",
                ErrorCode.InputForbidden);
        }
        if (uri.Scheme != Uri.UriSchemeHttps || !uri.IsDefaultPort)
        {
            throw Refused(argument, "only https addresses on the usual port are fetched", ErrorCode.InputForbidden);
        }
        return uri;
    }

    // A host may pass as a part of an address and yet be no name; that shows only when it is asked for.
    private static string? HostOf(Uri uri)
    {
        try
        {
            return uri.IdnHost;
        }
        catch (UriFormatException)
        {
            return null;
        }
    }

    // Tells early what connecting would find out anyway; the decision itself is made on the connected address.
    private static bool MayBePublic(string host) => IPAddress.TryParse(host, out var literal)
        ? !AddressGuard.IsSpecial(literal)
        : !LocalNames.Any(name => host.Equals(name, StringComparison.OrdinalIgnoreCase)
        || host.EndsWith("." + name, StringComparison.OrdinalIgnoreCase));

    private bool IsTrusted(Uri uri) =>
        options.TrustedOrigins.Contains(uri.GetLeftPart(UriPartial.Authority), StringComparer.OrdinalIgnoreCase);

    // A query may carry a signature: it is never shown.
    private static string Shown(Uri uri) =>
        uri.GetLeftPart(UriPartial.Authority) + (uri.AbsolutePath.Length > 60 ? uri.AbsolutePath[..60] + "..." : uri.AbsolutePath);

    private I2VException TooLarge(string argument) =>
        Refused(argument, $"the file is larger than {options.MaxBytes / 1_000_000} MB", ErrorCode.MediaUnreadable);

    private static I2VException Refused(string argument, string why, ErrorCode code) => new(
        code,
        $"{argument}: {why}. Nothing was spent.",
        argument);
}
