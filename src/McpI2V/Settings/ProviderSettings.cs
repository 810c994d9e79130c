using System.Text.RegularExpressions;
using McpI2V.Media;
using McpI2V.Providers.Contract;
using McpI2V.Providers.OpenAI;

namespace McpI2V.Settings;

/// <summary>Reads what is set for each provider, and for each server of the user's own.</summary>
/// <param name="section">Begins a section.</param>
/// <param name="variable">Reads a variable of the environment.</param>
/// <param name="publicUrl">Where providers reach this server; null: they are only asked.</param>
/// <param name="home">The library's folder.</param>
/// <param name="faults">Where the faults of whole sections go.</param>
internal sealed class ProviderSettings(
    Func<string, SettingsSection> section,
    Func<string, string?> variable,
    Uri? publicUrl,
    string home,
    List<string> faults)
{
    /// <summary>Every provider of the program, then the user's own servers.</summary>
    /// <param name="written">The providers for which something is set, as the user wrote them.</param>
    public IReadOnlyList<(ProviderDescriptor Provider, ProviderOptions Options)> Read(IReadOnlyList<string> written) =>
    [
        .. KnownProviders.All.Select(p => (p, OfKnown(p, written.FirstOrDefault(w => IsNamed(p, w)) ?? p.Name))),
        .. written
            .Where(w => !KnownProviders.All.Any(p => IsNamed(p, w)))
            .Select(OfOwnServer)
            .OfType<(ProviderDescriptor, ProviderOptions)>(),
    ];

    private static bool IsNamed(ProviderDescriptor provider, string name) => provider.Name.Equals(name, StringComparison.OrdinalIgnoreCase);

    private ProviderOptions OfKnown(ProviderDescriptor provider, string written)
    {
        var settings = Section(written, out _, out _);
        return Options(settings, provider.Name, provider.KeyVariable, provider);
    }

    private (ProviderDescriptor Provider, ProviderOptions Options)? OfOwnServer(string written)
    {
        var settings = Section(written, out var kind, out var model);
        var name = written.ToLowerInvariant();
        var options = Options(settings, name, $"I2V__Providers__{written}__ApiKey");
        if (!"openai".Equals(kind, StringComparison.OrdinalIgnoreCase))
        {
            faults.Add($"{settings.Path} names no provider of this server ({string.Join(", ", KnownProviders.All.Select(p => p.Name))}); " +
                $"for an OpenAI-compatible server of your own set I2V__Providers__{written}__Kind=openai");
            return null;
        }
        if (options.BaseUrl is null)
        {
            faults.Add($"{settings.Path} is a server of your own and needs I2V__Providers__{written}__BaseUrl");
            return null;
        }
        return (CompatibleRegistration.Server(name, model), options);
    }

    // What a server of the user's own has besides is no fault elsewhere.
    private SettingsSection Section(string written, out string? kind, out string? model)
    {
        var settings = section($"Providers:{written}");
        (kind, model) = (settings.Text("Kind"), settings.Text("Model"));
        return settings;
    }

    // Null unless every part is there.
    private string? Joined(string variables)
    {
        string?[] parts = [.. variables.Split(':').Select(v => variable(v)?.Trim())];
        return parts.All(p => !string.IsNullOrEmpty(p)) ? string.Join(':', parts) : null;
    }

    private ProviderOptions Options(
        SettingsSection settings,
        string name,
        string keyVariable,
        ProviderDescriptor? known = null)
    {
        var others = known?.OtherVariables.Select(Joined) ?? [];
        var key = (settings.Text("ApiKey") ?? variable(keyVariable) ?? others.FirstOrDefault(k => k is not null))?.Trim();
        if (known?.KeyIsFile != true && key?.Any(c => char.IsWhiteSpace(c) || char.IsControl(c) || c > 126) == true)
        {
            // The value stays out of the message.
            faults.Add($"{keyVariable} holds a space or a letter that no key has; copy the key again");
            key = null;
        }
        return new ProviderOptions(settings)
        {
            Name = name,
            Home = home,
            KeyVariable = keyVariable,
            OwnSettings = known?.OwnSettings?.Invoke(settings),
            KeyShapes = [.. KnownProviders.All.Select(p => p.KeyShape).OfType<Func<Regex>>()],
            ApiKey = string.IsNullOrEmpty(key) ? null : new Secret(key),
            WebhookUrl = publicUrl is null ? null : new Uri(publicUrl, $"webhooks/{name}"),
        };
    }
}
