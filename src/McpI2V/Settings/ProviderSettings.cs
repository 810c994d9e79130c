using System.Globalization;
using McpI2V.Providers.Contract;
using McpI2V.Providers.OpenAI;
using Microsoft.Extensions.Configuration;

namespace McpI2V.Settings;

/// <summary>Reads what is set for each provider, and for each server of the user's own.</summary>
/// <param name="configuration">Settings by section.</param>
/// <param name="variable">Reads a variable of the environment.</param>
/// <param name="faults">Where every fault goes.</param>
internal sealed class ProviderSettings(IConfiguration configuration, Func<string, string?> variable, List<string> faults)
{
    private static readonly string[] Settings = ["Kind", "BaseUrl", "ApiKey", "PollSeconds", "MaxConcurrent", "Model"];

    /// <summary>Every provider of the program, then the user's own servers.</summary>
    public IReadOnlyList<(ProviderDescriptor Provider, ProviderOptions Options)> Read()
    {
        var sections = configuration.GetSection("Providers").GetChildren().ToList();
        List<(ProviderDescriptor, ProviderOptions)> all = [.. KnownProviders.All.Select(v => (v, Options(
            v.Name,
            v.KeyVariable,
            Section(sections, v.Name))))];
        foreach (var section in sections.Where(s => KnownProviders.All.All(v => !v.Name.Equals(s.Key, StringComparison.OrdinalIgnoreCase))))
        {
            if (!"openai".Equals(section["Kind"], StringComparison.OrdinalIgnoreCase))
            {
                faults.Add($"Providers:{section.Key} names no provider of this " +
                    $"server ({string.Join(", ", KnownProviders.All.Select(v => v.Name))}); for an OpenAI-compatible server of your own " +
                    $"set I2V__Providers__{section.Key}__Kind=openai");
                continue;
            }
            var name = section.Key.ToLowerInvariant();
            if (section["BaseUrl"] is null)
            {
                faults.Add($"Providers:{section.Key} is a server of your own and needs I2V__Providers__{section.Key}__BaseUrl");
                continue;
            }
            all.Add((CompatibleRegistration.Server(name, section["Model"]), Options(
                name,
                $"I2V__Providers__{section.Key}__ApiKey",
                section)));
        }
        return all;
    }

    private static IConfigurationSection? Section(List<IConfigurationSection> sections, string name) =>
        sections.FirstOrDefault(s => s.Key.Equals(name, StringComparison.OrdinalIgnoreCase));

    private ProviderOptions Options(string name, string keyVariable, IConfigurationSection? section)
    {
        foreach (var unknown in section?.GetChildren().Where(c => !Settings.Contains(c.Key, StringComparer.OrdinalIgnoreCase)) ?? [])
        {
            faults.Add($"Providers:{section!.Key}:{unknown.Key} is not a setting; there are {string.Join(", ", Settings)}");
        }
        var key = section?["ApiKey"] is { Length: > 0 } own ? own : variable(keyVariable);
        if (key?.Trim().Any(c => char.IsWhiteSpace(c) || char.IsControl(c) || c > 126) == true)
        {
            // The value stays out of the message.
            faults.Add($"{keyVariable} holds a space or a letter that no key has; copy the key again");
            key = null;
        }
        return new ProviderOptions
        {
            Name = name,
            KeyVariable = keyVariable,
            ApiKey = string.IsNullOrWhiteSpace(key) ? null : new Secret(key.Trim()),
            BaseUrl = BaseUrl(section),
            WebhookUrl = PublicUrl is { } origin ? new Uri(origin, $"webhooks/{name}") : null,
            PollEvery = Number(section, "PollSeconds", 0.01, 600) is { } seconds ? TimeSpan.FromSeconds(seconds) : null,
            MaxConcurrent = (int?)Number(section, "MaxConcurrent", 1, 20_000),
        };
    }

    // Where providers reach this server; without it they are only asked.
    private Uri? PublicUrl => Uri.TryCreate(configuration["Http:PublicUrl"]?.TrimEnd('/') + "/", UriKind.Absolute, out var uri)
        && uri.Scheme == Uri.UriSchemeHttps
        ? uri
        : null;

    private Uri? BaseUrl(IConfigurationSection? section)
    {
        if (section?["BaseUrl"] is not { Length: > 0 } text)
        {
            return null;
        }
        if (Uri.TryCreate(text, UriKind.Absolute, out var uri)
            && uri.Scheme is "http" or "https"
            && uri.UserInfo.Length == 0
            && uri.Query.Length == 0)
        {
            return uri;
        }
        faults.Add($"Providers:{section.Key}:BaseUrl (I2V__Providers__{section.Key}__BaseUrl) is no address such as https://host or " +
            "http://127.0.0.1:8000, without user, password or query");
        return null;
    }

    private double? Number(IConfigurationSection? section, string name, double low, double high)
    {
        if (section?[name] is not { Length: > 0 } text)
        {
            return null;
        }
        if (double.TryParse(text, CultureInfo.InvariantCulture, out var value) && value >= low && value <= high)
        {
            return value;
        }
        faults.Add(string.Create(CultureInfo.InvariantCulture, $"Providers:{section.Key}:{name} (I2V__Providers__{section.Key}__{name}) " +
            $"is \"{text}\"; a number from {low} to {high} is allowed"));
        return null;
    }
}
