using McpI2V.Engine.Providers;

namespace McpI2V.Engine.Jobs.Remote.Pacing;

/// <summary>The places of every provider.</summary>
internal sealed class ConcurrencyByProvider(IEnumerable<IProvider> providers, TimeProvider time)
{
    private readonly Dictionary<string, ProviderConcurrency> slots = providers.ToDictionary(
        p => p.Name,
        p => new ProviderConcurrency(p, time),
        StringComparer.Ordinal);

    /// <summary>A provider's places; null if there is no such provider.</summary>
    public ProviderConcurrency? Find(string provider) => slots.GetValueOrDefault(provider);
}
