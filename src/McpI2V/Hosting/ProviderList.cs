using McpI2V.Engine.Catalogue;
using McpI2V.Engine.Providers;
using McpI2V.Providers.Contract;
using McpI2V.Settings;

namespace McpI2V.Hosting;

/// <summary>The providers that the settings name, in route order.</summary>
internal sealed class ProviderList : IDisposable
{
    private readonly ProviderServices[] all;

    /// <summary>Makes them.</summary>
    public ProviderList(ProgramSettings settings, TimeProvider time) =>
        all = [.. settings.Providers.Select(p => p.Descriptor.Create(p.Options, time))];

    /// <summary>Who does jobs.</summary>
    public IEnumerable<IProvider> Providers => all.Select(p => p.Provider);

    /// <summary>Their models, and those of the embedded engine.</summary>
    public IEnumerable<IModelSource> Models => [EmbeddedModels.OfEngine, .. all.Select(p => p.Models)];

    /// <summary>Who reads their webhooks.</summary>
    public IEnumerable<IWebhookReader> Webhooks => all.Select(p => p.Webhooks).OfType<IWebhookReader>();

    /// <summary>Closes their connections.</summary>
    public void Dispose()
    {
        foreach (var own in all.SelectMany(p => new object?[] { p.Provider, p.Models, p.Webhooks }).OfType<IDisposable>())
        {
            own.Dispose();
        }
    }
}
