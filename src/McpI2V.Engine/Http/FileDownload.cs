namespace McpI2V.Engine.Http;

/// <summary>
/// Fetches files, bounded in bytes and in the time without progress: a large file over a slow line is no fault. Redirects are followed by
/// hand, so that whoever asks judges every address and says what goes there.
/// </summary>
/// <param name="http">The way out.</param>
/// <param name="mostBytes">The most bytes a file may have, what is there already included.</param>
/// <param name="stall">How long nothing may come.</param>
public sealed class FileDownload(HttpMessageInvoker http, long mostBytes, TimeSpan stall)
{
    private const int MaxRedirects = 5;
    private const int Buffer = 81_920;

    /// <summary>The answer behind all redirects, its body not read yet.</summary>
    /// <param name="request">The first request.</param>
    /// <param name="next">From a request, the next one to where it was sent on; it throws for an address that is not followed.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="DownloadException">It stood still, or leads nowhere.</exception>
    /// <exception cref="HttpRequestException">The connection failed, for one because of a <see cref="ForbiddenAddressException"/>.
    /// </exception>
    public async Task<HttpResponseMessage> SendAsync(
        HttpRequestMessage request,
        Func<HttpRequestMessage, Uri, HttpRequestMessage> next,
        CancellationToken cancellationToken)
    {
        for (var hop = 0; ; hop++)
        {
            var response = await WithinAsync(token => SendAsync(request, token), cancellationToken);
            if ((int)response.StatusCode is < 300 or >= 400 || response.Headers.Location is not { } location)
            {
                return response;
            }
            response.Dispose();
            if (hop == MaxRedirects)
            {
                throw new DownloadException(DownloadFault.TooManyRedirects, $"it redirects more than {MaxRedirects} times");
            }
            request = Uri.TryCreate(request.RequestUri, location, out var to) ? next(request, to) : throw NoAddress(null);
        }
    }

    /// <summary>Appends an answer's body to a file.</summary>
    /// <exception cref="DownloadException">It stood still, was cut short, or is too large; what has come stays.</exception>
    /// <exception cref="IOException">The file can't be written.</exception>
    public async Task SaveAsync(HttpResponseMessage response, FileStream file, CancellationToken cancellationToken)
    {
        var whole = response.Content.Headers.ContentLength is { } length ? file.Length + length : (long?)null;
        if (whole > mostBytes)
        {
            throw TooLarge();
        }
        await using var body = await response.Content.ReadAsStreamAsync(cancellationToken);
        var buffer = new byte[Buffer];
        while (await WithinAsync(token => ReadAsync(body, buffer, token), cancellationToken) is > 0 and var read)
        {
            if (file.Length + read > mostBytes)
            {
                throw TooLarge();
            }
            await file.WriteAsync(buffer.AsMemory(0, read), cancellationToken);
        }
        if (whole is { } promised && file.Length != promised)
        {
            throw new DownloadException(DownloadFault.CutShort, $"the download was cut short: {file.Length} of {promised} bytes");
        }
    }

    private async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        try
        {
            return await http.SendAsync(request, cancellationToken);
        }
        catch (UriFormatException e)
        {
            // A host may pass as a part of an address and yet be no name.
            throw NoAddress(e);
        }
    }

    private static async Task<int> ReadAsync(Stream body, byte[] buffer, CancellationToken cancellationToken)
    {
        try
        {
            return await body.ReadAsync(buffer, cancellationToken);
        }
        catch (IOException e)
        {
            throw new DownloadException(DownloadFault.CutShort, "the download was cut short by the other side", e);
        }
    }

    private async Task<T> WithinAsync<T>(Func<CancellationToken, Task<T>> step, CancellationToken cancellationToken)
    {
        using var still = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        still.CancelAfter(stall);
        try
        {
            return await step(still.Token);
        }
        catch (OperationCanceledException e) when (!cancellationToken.IsCancellationRequested)
        {
            throw new DownloadException(DownloadFault.StoodStill, $"the download stood still for {stall.TotalSeconds:0} s", e);
        }
    }

    private static DownloadException NoAddress(Exception? inner) =>
        new(DownloadFault.NoAddress, "it leads to what is no address", inner);

    private DownloadException TooLarge() => new(DownloadFault.TooLarge, $"the file is larger than {mostBytes / 1_000_000} MB");
}
