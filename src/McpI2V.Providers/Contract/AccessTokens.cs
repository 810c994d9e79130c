using McpI2V.Engine;
using McpI2V.Engine.Providers;

namespace McpI2V.Providers.Contract;

/// <summary>
/// Tokens in place of a key, for a provider that gives them for credentials. One is asked for whoever waits for it, is kept in memory and
/// nowhere else until shortly before its end, and is asked for anew when it is not accepted any more.
/// </summary>
/// <param name="provider">The provider's name.</param>
/// <param name="ask">Asks for one. Whatever fails there, the request that the token was for has not left.</param>
/// <param name="time">The time.</param>
public sealed class AccessTokens(string provider, Func<CancellationToken, Task<AccessToken>> ask, TimeProvider time)
{
    // A request that is on its way when its token ends may be refused: the last minutes of an hour, the last seconds of a minute.
    private static readonly TimeSpan LongestMargin = TimeSpan.FromMinutes(5);
    private const int MarginOfLife = 10;
    private static readonly TimeSpan LifeUnlessTold = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(60);
    private readonly Lock gate = new();
    private (Secret Text, long At, TimeSpan GoodFor)? kept;
    private Task<Secret>? underWay;

    /// <summary>A token that is good now.</summary>
    /// <param name="cancellationToken">Ends the wait; the question goes on for whoever else waits.</param>
    /// <exception cref="ProviderException">None is given; nothing was sent.</exception>
    public Task<Secret> GetAsync(CancellationToken cancellationToken)
    {
        lock (gate)
        {
            return kept is { } good && time.GetElapsedTime(good.At) < good.GoodFor
                ? Task.FromResult(good.Text)
                : (underWay ??= Task.Run(AskAsync, CancellationToken.None)).WaitAsync(cancellationToken);
        }
    }

    /// <summary>Forgets a token that was not accepted; one that came after it stays.</summary>
    public void Forget(Secret refused)
    {
        lock (gate)
        {
            kept = kept is { } now && ReferenceEquals(now.Text, refused) ? null : kept;
        }
    }

    /// <summary>A text with the token taken out that is in use.</summary>
    public string RemoveFrom(string text)
    {
        lock (gate)
        {
            return kept is { } now ? now.Text.RemoveFrom(text) : text;
        }
    }

    private async Task<Secret> AskAsync()
    {
        try
        {
            var at = time.GetTimestamp();
            using var limit = new CancellationTokenSource(LongestWait, time);
            var given = await ask(limit.Token);
            var life = given.GoodFor ?? LifeUnlessTold;
            var margin = life / MarginOfLife;
            lock (gate)
            {
                kept = (given.Text, at, life - (margin < LongestMargin ? margin : LongestMargin));
            }
            return given.Text;
        }
        catch (ProviderException e)
        {
            throw e.BeforeSending();
        }
        catch (Exception e)
        {
            var isLate = e is OperationCanceledException;
            throw new ProviderException(
                ErrorCode.ProviderFailed,
                isLate ? $"{provider} gave no token in time" : $"{provider} gave no token that can be read ({e.GetType().Name})",
                Acceptance.No,
                e) { IsPassing = isLate };
        }
        finally
        {
            lock (gate)
            {
                underWay = null;
            }
        }
    }
}
