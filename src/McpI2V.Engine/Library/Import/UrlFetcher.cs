using System.Net;
using McpI2V.Engine.Http;

namespace McpI2V.Engine.Library.Import;

/// <summary>Fetches an address that a user gave: https and public, or of an origin that the settings trust.</summary>
public sealed class UrlFetcher : IDisposable
{
    private static readonly string[] LocalNames = ["localhost", "local", "internal", "home.arpa"];
    private readonly InputOptions options;
    private readonly GuardedConnections connections;
    private readonly HttpMessageInvoker http;

    public UrlFetcher(InputOptions options)
    {
        this.options = options;
        connections = new GuardedConnections(options.TrustedOrigins);
        http = new HttpMessageInvoker(connections.Handler(reuse: true));
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
            var download = new FileDownload(http, options.MaxBytes, options.StallTimeout);
            using var request = Request(Parse(address, argument));
            using var response = await download.SendAsync(request, (_, to) => Request(Judge(to, argument)), whole.Token);
            if (!response.IsSuccessStatusCode)
            {
                var shown = Shown(response.RequestMessage?.RequestUri ?? request.RequestUri!);
                throw Refused(argument, $"{shown} answered {(int)response.StatusCode}", ErrorCode.MediaUnreadable);
            }
            await using var file = File.Create(path);
            await download.SaveAsync(response, file, whole.Token);
        }
        catch (DownloadException e)
        {
            throw e.Fault switch
            {
                DownloadFault.StoodStill => TooSlow(argument),
                DownloadFault.NoAddress => NoAddress(argument),
                DownloadFault.TooManyRedirects => Refused(argument, e.Message, ErrorCode.InputForbidden),
                _ => Refused(argument, e.Message, ErrorCode.MediaUnreadable),
            };
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw TooSlow(argument);
        }
        catch (HttpRequestException e) when (ForbiddenAddressException.In(e) is { Host: var host })
        {
            throw Private(argument, host);
        }
        catch (Exception e) when (e is HttpRequestException or HttpIOException)
        {
            throw Refused(argument, "the address could not be fetched: " + e.Message.TrimEnd('.'), ErrorCode.MediaUnreadable);
        }
    }

    /// <summary>Closes all connections.</summary>
    public void Dispose() => http.Dispose();

    private static HttpRequestMessage Request(Uri uri)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, uri);
        request.Headers.UserAgent.ParseAdd("mcp-i2v");
        return request;
    }

    /// <summary>An address that may be fetched, as far as its text tells.</summary>
    /// <exception cref="I2VException">It may not.</exception>
    internal Uri Parse(string address, string argument) =>
        Uri.TryCreate(address, UriKind.Absolute, out var uri) ? Judge(uri, argument) : throw NoAddress(argument);

    private Uri Judge(Uri uri, string argument)
    {
        if (HostOf(uri) is not { } host)
        {
            throw NoAddress(argument);
        }
        if (connections.IsTrusted(uri))
        {
            return uri;
        }
        if (uri.UserInfo.Length > 0)
        {
            throw Refused(argument, "an address with a user name in it is not fetched", ErrorCode.InputForbidden);
        }
        if (!MayBePublic(host.Trim('[', ']').TrimEnd('.')))
        {
            throw Private(argument, host);
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

    // A query may carry a signature: it is never shown.
    private static string Shown(Uri uri) =>
        uri.GetLeftPart(UriPartial.Authority) + (uri.AbsolutePath.Length > 60 ? uri.AbsolutePath[..60] + "..." : uri.AbsolutePath);

    private static I2VException Private(string argument, string host) => Refused(
        argument,
        $"{host} lies in a private or reserved network and is not fetched, unless its origin is in " +
            "I2V__Inputs__TrustedOrigins",
        ErrorCode.InputForbidden);

    private I2VException TooSlow(string argument) => Refused(
        argument,
        $"the download was too slow: it must move within {options.StallTimeout.TotalSeconds:0} s and be done " +
            $"within {options.Timeout.TotalSeconds:0} s",
        ErrorCode.MediaUnreadable);

    private static I2VException NoAddress(string argument) =>
        Refused(argument, "that is no address to fetch from", ErrorCode.InvalidArgument);

    private static I2VException Refused(string argument, string why, ErrorCode code) => new(
        code,
        $"{argument}: {why}. Give another https URL, or save the file and give its path. Nothing was spent.",
        argument);
}
