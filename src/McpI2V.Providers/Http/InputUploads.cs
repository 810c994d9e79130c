using McpI2V.Engine;
using McpI2V.Engine.Providers;
using McpI2V.Providers.Contract;

namespace McpI2V.Providers.Http;

/// <summary>The inputs of orders at a provider: each is sent once, and known by what the provider calls it.</summary>
/// <param name="unnamed">What is wrong where the provider called it nothing.</param>
/// <param name="memory">Remembers what was sent.</param>
internal abstract class InputUploads(string unnamed, UploadMemory memory)
{
    /// <summary>What the provider knows an input by.</summary>
    public Task<string> NameOfAsync(OrderInput input, CancellationToken jobCancelled) =>
        memory.OnceAsync(input.Fingerprint, () => NamedAsync(input), jobCancelled);

    /// <summary>Forgets what was sent for an order and may be gone there.</summary>
    public void Forget(GenerationOrder order)
    {
        foreach (var input in OrderInputs.FromOrder(order))
        {
            memory.Forget(input.Fingerprint);
        }
    }

    /// <summary>Sends it, for everybody who waits.</summary>
    /// <returns>What the provider calls it; null: nothing.</returns>
    protected abstract Task<string?> SendAsync(OrderInput input);

    private async Task<string> NamedAsync(OrderInput input) => await SendAsync(input) is { Length: > 0 } name
        ? name
        : throw new ProviderException(ErrorCode.ProviderFailed, unnamed, Acceptance.No) { IsPassing = true };
}
