using McpI2V.Engine.Providers;

namespace McpI2V.Engine.Jobs.Remote;

/// <summary>The places of every vendor.</summary>
internal sealed class ProviderPlaces(IEnumerable<IProvider> providers, TimeProvider time)
{
    private readonly Dictionary<string, ProviderSlots> slots = providers.ToDictionary(p => p.Name, p => new ProviderSlots(p, time), StringComparer.Ordinal);

    /// <summary>A vendor's places; null if there is no such vendor.</summary>
    public ProviderSlots? Of(string provider) => slots.GetValueOrDefault(provider);
}
