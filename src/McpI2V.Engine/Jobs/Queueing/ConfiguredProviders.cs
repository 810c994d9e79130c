using McpI2V.Engine.Providers;

namespace McpI2V.Engine.Jobs.Queueing;

/// <summary>Everybody who does jobs: the embedded engine, and the vendors.</summary>
public sealed class ConfiguredProviders(IEnumerable<IJobPerformer> performers, IEnumerable<IProvider> providers)
{
    private readonly Dictionary<string, IJobPerformer> here = performers.ToDictionary(p => p.Provider, StringComparer.Ordinal);
    private readonly Dictionary<string, IProvider> vendors = providers.ToDictionary(p => p.Name, StringComparer.Ordinal);

    /// <summary>Every vendor, by name.</summary>
    public IReadOnlyDictionary<string, IProvider> Remote => vendors;

    /// <summary>The part of this program that does jobs of a provider; null: a vendor does them, or nobody.</summary>
    public IJobPerformer? Here(string provider) => here.GetValueOrDefault(provider);

    /// <summary>Why a provider can't be used; null if it can.</summary>
    public string? UnavailableReason(string provider) =>
        here.ContainsKey(provider)
            ? null
            : vendors.TryGetValue(provider, out var vendor)
            ? vendor.UnavailableReason
            : $"the provider {provider} is not part of this server";
}
