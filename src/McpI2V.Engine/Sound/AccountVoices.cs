using System.Collections.Concurrent;
using McpI2V.Engine.Catalogue;
using McpI2V.Engine.Catalogue.Routing;
using McpI2V.Engine.Jobs.Queueing;
using McpI2V.Engine.Providers;

namespace McpI2V.Engine.Sound;

/// <summary>
/// The voices of the user's own accounts, asked for when somebody wants to know them and kept for a while. Asking is free.
/// </summary>
public sealed class AccountVoices(ConfiguredProviders providers, ModelCatalogue models, TimeProvider time)
{
    /// <summary>The option by which a model takes such a voice.</summary>
    public const string Option = "voice";

    private static readonly TimeSpan Kept = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan AskAgainAfter = TimeSpan.FromSeconds(20);
    private readonly ConcurrentDictionary<string, AccountVoiceList> known = new(StringComparer.Ordinal);

    /// <summary>Those of every provider that can be used now and tells them.</summary>
    public async Task<IReadOnlyList<AccountVoiceList>> AllAsync(CancellationToken callCancelled)
    {
        List<AccountVoiceList> all = [];
        foreach (var provider in providers.Remote.Values
            .Where(p => p.UnavailableReason is null)
            .OrderBy(p => p.Name, StringComparer.Ordinal))
        {
            if (await OfAsync(provider, Kept, callCancelled) is { } list)
            {
                all.Add(list);
            }
        }
        return all;
    }

    /// <summary>The model that speaks with such a voice, and the voice; null: no account has it, or a row names it.</summary>
    /// <param name="name">Its name or id.</param>
    /// <param name="model">The model that was named; null: any.</param>
    /// <param name="callCancelled">Ends the asking.</param>
    public async Task<(ModelEntry Model, ProviderVoice Voice)?> FindAsync(string name, string? model, CancellationToken callCancelled)
    {
        var able = (ModelRouter.IsAuto(model) ? models.All : models.Named(model!))
            .Where(m => m.Capabilities.Contains(Capability.TextToSpeech) && models.UnavailableReason(m) is null && !models.IsRetired(m))
            .ToList();
        if (able.Exists(m => m.Voices.Contains(name, StringComparer.OrdinalIgnoreCase)))
        {
            return null;
        }
        foreach (var speaker in able.Where(m => m.Options?.Contains(Option) == true).DistinctBy(m => m.Provider))
        {
            foreach (var age in new[] { Kept, AskAgainAfter })
            {
                var list = providers.Remote.TryGetValue(speaker.Provider, out var provider)
                    ? await OfAsync(provider, age, callCancelled)
                    : null;
                if (list?.Voices.FirstOrDefault(v => v.Id == name || v.Name.Equals(name, StringComparison.OrdinalIgnoreCase)) is { } voice)
                {
                    return (speaker, voice);
                }
            }
        }
        return null;
    }

    // Who can't tell them now is left alone for a while too.
    private async Task<AccountVoiceList?> OfAsync(IProvider provider, TimeSpan age, CancellationToken callCancelled)
    {
        var key = $"{provider.Name} {provider.KeyFingerprint}";
        if (known.TryGetValue(key, out var before) && time.GetUtcNow() - before.ReadAt < age)
        {
            return before;
        }
        try
        {
            return await provider.VoicesAsync(callCancelled) is { } voices
                ? known[key] = new AccountVoiceList(provider.Name, voices, time.GetUtcNow(), WhyNot: null)
                : null;
        }
        catch (ProviderException e)
        {
            return known[key] = new AccountVoiceList(provider.Name, [], time.GetUtcNow(), e.Message);
        }
    }
}
