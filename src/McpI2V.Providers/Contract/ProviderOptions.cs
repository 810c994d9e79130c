using McpI2V.Engine.Providers;

namespace McpI2V.Providers.Contract;

/// <summary>Settings that every provider has (<c>I2V__Providers__Name__...</c>), validated.</summary>
public sealed record ProviderOptions
{
    /// <summary>The provider's name in model ids, lower case.</summary>
    public required string Name { get; init; }

    /// <summary>The key; null: none is set.</summary>
    public Secret? ApiKey { get; init; }

    /// <summary>Replaces every host of the provider, paths unchanged; null: the provider's own hosts.</summary>
    public Uri? BaseUrl { get; init; }

    /// <summary>The time between two looks at a task; null: the provider's own. 0.01 to 600 seconds.</summary>
    public TimeSpan? PollEvery { get; init; }

    /// <summary>The variable that holds the key, for messages.</summary>
    public string KeyVariable { get; init; } = "";

    /// <summary>Tasks at the provider at once; null: the provider's own. 1 to 20,000.</summary>
    public int? MaxConcurrent { get; init; }

    /// <summary>Where the provider may send word of a finished task; null: it is only asked.</summary>
    public Uri? WebhookUrl { get; init; }

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
}
