using McpI2V.Engine.Providers;

namespace McpI2V.Providers.Contract;

/// <summary>What of a provider comes from its settings alone.</summary>
internal abstract class ConfiguredProvider(ProviderOptions options, ProviderLimits usual)
{
    /// <inheritdoc cref="IProvider.Name"/>
    public string Name => options.Name;

    /// <inheritdoc cref="IProvider.UnavailableReason"/>
    public virtual string? UnavailableReason => options.UnavailableReason;

    /// <inheritdoc cref="IProvider.KeyFingerprint"/>
    public string? KeyFingerprint => options.KeyFingerprint;

    /// <inheritdoc cref="IProvider.KeyVariable"/>
    public string KeyVariable => options.KeyVariable;

    /// <inheritdoc cref="IProvider.Limits"/>
    public ProviderLimits Limits { get; } = options.Apply(usual);

    /// <summary>The settings.</summary>
    protected ProviderOptions Options => options;
}
