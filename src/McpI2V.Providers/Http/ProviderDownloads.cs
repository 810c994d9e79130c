using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Headers;
using McpI2V.Engine;
using McpI2V.Engine.Providers;

namespace McpI2V.Providers.Http;

/// <summary>Downloads results: bounded, resumed where they broke off, checked against the promised length.</summary>
internal sealed class ProviderDownloads(string provider, Func<HttpRequestMessage, CancellationToken, Task<HttpResponseMessage>> send)
{
    private const long Largest = 4_000_000_000;
    private static readonly TimeSpan Stall = TimeSpan.FromSeconds(30);
    private readonly ConcurrentDictionary<string, EntityTagHeaderValue> tags = new(StringComparer.Ordinal);

    /// <summary>One try; what is there already is continued if the other side still has the same file.</summary>
    public async Task DownloadAsync(Func<HttpRequestMessage> make, string path, CancellationToken cancellationToken)
    {
        try
        {
            using var request = make();
            var have = File.Exists(path) ? new FileInfo(path).Length : 0;
            if (have > 0 && tags.TryGetValue(path, out var tag))
            {
                request.Headers.Range = new RangeHeaderValue(have, null);
                request.Headers.IfRange = new RangeConditionHeaderValue(tag);
            }
            using var response = await WithinAsync(token => send(request, token), cancellationToken);
            await SaveAsync(response, path, cancellationToken);
            tags.TryRemove(path, out _);
        }
        catch (OperationCanceledException e) when (!cancellationToken.IsCancellationRequested)
        {
            throw Again("the download stood still", e);
        }
        catch (Exception e) when (e is ForbiddenAddressException || e.InnerException is ForbiddenAddressException)
        {
            throw new ProviderException(
                ErrorCode.ProviderFailed,
                $"{provider} delivers from a private or reserved network, and nothing is fetched from there",
                Acceptance.Yes,
                e) { IsFinal = true };
        }
        catch (Exception e) when (e is HttpRequestException or IOException && I2VException.FromDisk(e) is null)
        {
            throw Again("the download broke off", e);
        }
    }

    private async Task SaveAsync(HttpResponseMessage response, string path, CancellationToken cancellationToken)
    {
        var resumes = response.StatusCode == HttpStatusCode.PartialContent;
        if (!response.IsSuccessStatusCode)
        {
            throw Refused(response);
        }
        await using var file = new FileStream(path, resumes ? FileMode.Append : FileMode.Create, FileAccess.Write);
        if (resumes && response.Content.Headers.ContentRange?.From != file.Length)
        {
            file.Close();
            File.Delete(path);
            throw Again("the other side continued at another place", null);
        }
        if (response.Headers.ETag is { IsWeak: false } tag)
        {
            tags[path] = tag;
        }
        var whole = response.Content.Headers.ContentLength is { } length ? file.Length + length : (long?)null;
        if (whole > Largest)
        {
            throw new ProviderException(
                ErrorCode.ProviderFailed,
                $"{provider} promises a result of {whole / 1_000_000} MB, more than is taken in",
                Acceptance.Yes) { IsFinal = true };
        }
        await using var body = await response.Content.ReadAsStreamAsync(cancellationToken);
        var buffer = new byte[81_920];
        while (await WithinAsync(token => body.ReadAsync(buffer, token).AsTask(), cancellationToken) is > 0 and var read)
        {
            if (file.Length + read > Largest)
            {
                throw new ProviderException(
                    ErrorCode.ProviderFailed,
                    $"{provider} sends more than {Largest / 1_000_000} MB",
                    Acceptance.Yes) { IsFinal = true };
            }
            await file.WriteAsync(buffer.AsMemory(0, read), cancellationToken);
        }
        if (whole is { } promised && file.Length != promised)
        {
            throw Again($"the download was cut short: {file.Length} of {promised} bytes", null);
        }
    }

    // On lack of progress: a large clip over a slow line is no fault.
    private static async Task<T> WithinAsync<T>(Func<CancellationToken, Task<T>> step, CancellationToken cancellationToken)
    {
        using var stall = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        stall.CancelAfter(Stall);
        return await step(stall.Token);
    }

    private ProviderException Refused(HttpResponseMessage response)
    {
        var status = (int)response.StatusCode;
        var headers = response.Headers.ToDictionary(h => h.Key, h => string.Join(",", h.Value), StringComparer.OrdinalIgnoreCase);
        return new ProviderException(ErrorCode.ProviderFailed, $"{provider} answered {status} to the download", Acceptance.Yes)
        {
            // An address that expired: a new one is asked for.
            IsGone = status is 401 or 403 or 404 or 410,
            IsPassing = true,
            RetryAfter = HttpFaults.RetryAfter(new ProviderAnswer(response.StatusCode, headers, []), DateTimeOffset.MinValue),
        };
    }

    private ProviderException Again(string what, Exception? e) => new(ErrorCode.ProviderFailed, $"{provider}: {what}", Acceptance.Yes, e)
    {
        IsPassing = true,
    };
}
