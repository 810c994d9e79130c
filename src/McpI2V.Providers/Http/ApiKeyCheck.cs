using McpI2V.Engine;
using McpI2V.Engine.Providers;

namespace McpI2V.Providers.Http;

/// <summary>Asks once, with a free request, whether the key is accepted: a wrong key must not cost an upload.</summary>
public sealed class ApiKeyCheck
{
    private volatile bool isAccepted;

    /// <summary>Why a key is not accepted, by a question that only a good key is let through with; null: it is.</summary>
    public static Task<string?> RefusalAsync(Func<Task> ask) => RefusalAsync(async () =>
    {
        await ask();
        return null;
    });

    /// <summary>The same by asking for what never was: where the key is good, that is what is refused.</summary>
    public static Task<string?> RefusalForNothingAsync(Func<Task> ask) => RefusalAsync(async () =>
    {
        try
        {
            await ask();
        }
        catch (ProviderException e) when (e.Code != ErrorCode.ProviderAuth && !e.IsPassing)
        {
        }
    });

    /// <summary>The same by a question whose answer may still say why.</summary>
    public static async Task<string?> RefusalAsync(Func<Task<string?>> ask)
    {
        try
        {
            return await ask();
        }
        catch (ProviderException e) when (e.Code == ErrorCode.ProviderAuth)
        {
            return e.Message;
        }
    }

    /// <summary>Passes if the key is accepted, or if nobody can say now.</summary>
    /// <param name="check">Asks the provider; why the key is not accepted, or null.</param>
    /// <param name="jobCancelled">Ends the question.</param>
    /// <exception cref="ProviderException">It is not.</exception>
    public async Task RequireAsync(Func<CancellationToken, Task<string?>> check, CancellationToken jobCancelled)
    {
        if (isAccepted)
        {
            return;
        }
        try
        {
            if (await check(jobCancelled) is { } why)
            {
                throw new ProviderException(ErrorCode.ProviderAuth, why, Acceptance.No);
            }
            isAccepted = true;
        }
        catch (ProviderException e) when (e.Code != ErrorCode.ProviderAuth)
        {
            // The request itself will show it.
        }
    }
}
