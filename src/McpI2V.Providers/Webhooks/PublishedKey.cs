using McpI2V.Engine.Providers;

namespace McpI2V.Providers.Webhooks;

/// <summary>What a vendor tells that its webhooks are checked with: known for a day, asked for anew, now and then, where it does not
/// fit.</summary>
/// <param name="ask">Asks the vendor.</param>
/// <param name="what">What it is, as a sentence's beginning: "fal's keys".</param>
/// <param name="time">Tells how old it is.</param>
internal sealed class PublishedKey<T>(Func<CancellationToken, Task<T>> ask, string what, TimeProvider time) : IDisposable
    where T : class
{
    private static readonly TimeSpan Lives = TimeSpan.FromHours(24);
    private static readonly TimeSpan AskAtMostEvery = TimeSpan.FromMinutes(1);
    private readonly SemaphoreSlim gate = new(1);
    private (long At, T Key)? known;

    /// <summary>True if it fits: the one that is known, or a new one.</summary>
    public async Task<bool> FitsAsync(Func<T, bool> fits, CancellationToken cancellationToken) =>
        fits(await GetAsync(Lives, cancellationToken)) || fits(await GetAsync(AskAtMostEvery, cancellationToken));

    /// <inheritdoc/>
    public void Dispose() => gate.Dispose();

    private async Task<T> GetAsync(TimeSpan atMostAsOldAs, CancellationToken cancellationToken)
    {
        await gate.WaitAsync(cancellationToken);
        try
        {
            if (known is var (at, key) && time.GetElapsedTime(at) < atMostAsOldAs)
            {
                return key;
            }
            var fresh = await ask(cancellationToken);
            known = (time.GetTimestamp(), fresh);
            return fresh;
        }
        catch (ProviderException e)
        {
            throw WebhookRules.Refused($"{what} can't be had now ({e.Message})");
        }
        finally
        {
            gate.Release();
        }
    }
}
