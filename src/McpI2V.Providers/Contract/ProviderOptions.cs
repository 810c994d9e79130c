using System.Text.RegularExpressions;
using McpI2V.Engine.Providers;
using McpI2V.Media;

namespace McpI2V.Providers.Contract;

/// <summary>Settings that every provider has: section <c>Providers:Name</c>.</summary>
public sealed class ProviderOptions(SettingsSection settings)
{
    /// <summary>What holds where nothing is set.</summary>
    public ProviderOptions()
        : this(SettingsSection.Unset)
    {
    }

    /// <summary>The provider's name in model ids, lower case.</summary>
    public required string Name { get; init; }

    /// <summary>The key; null: none is set.</summary>
    public Secret? ApiKey { get; init; }

    /// <summary>Replaces every host of the provider, paths unchanged; null: the provider's own hosts.</summary>
    public Uri? BaseUrl { get; init; } = settings.Address(
        "BaseUrl",
        _ => true,
        "address such as https://host or http://127.0.0.1:8000, without user, password or query");

    /// <summary>The time between two looks at a task; null: the provider's own.</summary>
    public TimeSpan? PollEvery { get; init; } = settings.Number("PollSeconds", from: 0.01, to: 600) is { } seconds
        ? TimeSpan.FromSeconds(seconds)
        : null;

    /// <summary>The variable that holds the key, for messages.</summary>
    public string KeyVariable { get; init; } = "";

    /// <summary>What keys look like, every provider's: none of them may stand in a message, whoever said it.</summary>
    public IReadOnlyList<Func<Regex>> KeyShapes { get; init; } = [];

    /// <summary>Tasks at the provider at once; null: the provider's own.</summary>
    public int? MaxConcurrent { get; init; } = settings.Number("MaxConcurrent", from: 1, to: 20_000);

    /// <summary>The library's folder, where files of the user's own may lie that the provider reads; null: there is none.</summary>
    public string? Home { get; init; }

    /// <summary>Where the provider may send word of a finished task; null: it is only asked.</summary>
    public Uri? WebhookUrl { get; init; }

    /// <summary>What can be set for this provider alone, as its descriptor reads it; null: nothing can, or is.</summary>
    public object? OwnSettings { get; init; }

    /// <summary>What tells this key from another; null: none is set.</summary>
    public string? KeyFingerprint => ApiKey?.Fingerprint(Name);

    /// <summary>Why the provider can't be used; null: it has a key.</summary>
    public string? UnavailableReason => ApiKey is null ? $"no key is set; set {KeyVariable}" : null;

    /// <summary>A provider's usual limits with what the user has set.</summary>
    public ProviderLimits Apply(ProviderLimits usual) => usual with
    {
        MaxConcurrent = MaxConcurrent ?? usual.MaxConcurrent,
        PollEvery = PollEvery ?? usual.PollEvery,
        PollAtMost = PollEvery is { } every ? every * (usual.PollAtMost / usual.PollEvery) : usual.PollAtMost,
    };

    /// <summary>What can be set for this provider alone.</summary>
    /// <typeparam name="T">The type that its descriptor reads.</typeparam>
    public T Own<T>()
        where T : class, new() => OwnSettings as T ?? new T();
}
