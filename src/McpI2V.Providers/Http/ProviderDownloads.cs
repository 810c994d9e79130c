using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Headers;
using McpI2V.Engine;
using McpI2V.Engine.Http;
using McpI2V.Engine.Providers;

namespace McpI2V.Providers.Http;

/// <summary>Downloads results: bounded, resumed where they broke off, checked against the promised length.</summary>
/// <param name="provider">The provider's name.</param>
/// <param name="http">The way out.</param>
/// <param name="redirected">From a request, the next one to where it was sent on; it throws for an address that is not followed.</param>
internal sealed class ProviderDownloads(
    string provider,
    Lazy<HttpMessageInvoker> http,
    Func<HttpRequestMessage, Uri, HttpRequestMessage> redirected)
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
            var download = new FileDownload(http.Value, Largest, Stall);
            using var response = await download.SendAsync(request, redirected, cancellationToken);
            await SaveAsync(download, response, path, cancellationToken);
            tags.TryRemove(path, out _);
        }
        catch (DownloadException e)
        {
            throw Given(e);
        }
        catch (Exception e) when (ForbiddenAddressException.In(e) is not null)
        {
            throw Final($"{provider} delivers from a private or reserved network, and nothing is fetched from there", e);
        }
        catch (Exception e) when (e is HttpRequestException or IOException && I2VException.FromDisk(e) is null)
        {
            throw Again("the download broke off", e);
        }
    }

    private async Task SaveAsync(FileDownload download, HttpResponseMessage response, string path, CancellationToken cancellationToken)
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
        await download.SaveAsync(response, file, cancellationToken);
    }

    private ProviderException Given(DownloadException e) => e.Fault switch
    {
        DownloadFault.StoodStill or DownloadFault.CutShort => Again(e.Message, e),
        DownloadFault.TooLarge => Final($"{provider} made a result that is not taken in: {e.Message}", e),
        _ => Final($"{provider} sent the download on to an address that is not followed: {e.Message}", e),
    };

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

    private static ProviderException Final(string message, Exception e) => new(
        ErrorCode.ProviderFailed,
        message,
        Acceptance.Yes,
        e) { IsFinal = true };

    private ProviderException Again(string what, Exception? e) => new(ErrorCode.ProviderFailed, $"{provider}: {what}", Acceptance.Yes, e)
    {
        IsPassing = true,
    };
}
