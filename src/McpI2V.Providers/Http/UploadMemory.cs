using System.Collections.Concurrent;

namespace McpI2V.Providers.Http;

/// <summary>Remembers what was uploaded: a hundred variants of one still send it once.</summary>
/// <param name="time">The time.</param>
/// <param name="lifetime">How long the provider surely keeps an upload.</param>
public sealed class UploadMemory(TimeProvider time, TimeSpan lifetime)
{
    private readonly ConcurrentDictionary<string, Upload> uploads = new(StringComparer.Ordinal);

    /// <summary>The provider's name for a file, uploaded now if it was not.</summary>
    /// <param name="fingerprint">The same for the same bytes.</param>
    /// <param name="upload">Sends the file. It is finished for everybody who waits, whoever of them goes.</param>
    /// <param name="jobCancelled">Ends the wait.</param>
    public async Task<string> OnceAsync(string fingerprint, Func<Task<string>> upload, CancellationToken jobCancelled)
    {
        var now = time.GetTimestamp();
        var mine = new Upload(now, new Lazy<Task<string>>(upload));
        var kept = uploads.AddOrUpdate(fingerprint, mine, (_, known) => IsUsable(known) ? known : mine);
        return await kept.Result.Value.WaitAsync(jobCancelled);
    }

    /// <summary>Forgets an upload that the provider does not know any more.</summary>
    public void Forget(string fingerprint) => uploads.TryRemove(fingerprint, out _);

    private bool IsUsable(Upload upload) => time.GetElapsedTime(upload.At) < lifetime
        && upload.Result is not { IsValueCreated: true, Value.IsFaulted: true } and not { IsValueCreated: true, Value.IsCanceled: true };

    private sealed record Upload(long At, Lazy<Task<string>> Result);
}
