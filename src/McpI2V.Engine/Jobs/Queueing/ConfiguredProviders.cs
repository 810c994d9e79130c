using McpI2V.Engine.Providers;

namespace McpI2V.Engine.Jobs.Queueing;

/// <summary>Everybody who does jobs: the embedded engine, and the remote.</summary>
public sealed class ConfiguredProviders(IEnumerable<IJobPerformer> performers, IEnumerable<IProvider> providers)
{
    private readonly Dictionary<string, IJobPerformer> here = performers.ToDictionary(p => p.Provider, StringComparer.Ordinal);
    private readonly Dictionary<string, IProvider> remote = providers.ToDictionary(p => p.Name, StringComparer.Ordinal);

    /// <summary>Every provider, by name.</summary>
    public IReadOnlyDictionary<string, IProvider> Remote => remote;

    /// <summary>The part of this program that does a provider's jobs itself; null: a remote API does them, or nobody.</summary>
    public IJobPerformer? Here(string provider) => here.GetValueOrDefault(provider);

    /// <summary>Why a provider can't be used; null if it can.</summary>
    public string? UnavailableReason(string provider) =>
        here.ContainsKey(provider)
            ? null
            : remote.TryGetValue(provider, out var found)
            ? found.UnavailableReason
            : $"the provider {provider} is not part of this server";
}
