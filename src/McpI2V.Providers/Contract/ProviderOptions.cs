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

    /// <summary>
    /// True if a server of the user's own may run what is paid for elsewhere; no budget of this program sees what that spends.
    /// </summary>
    public bool AllowPartnerNodes { get; init; } = settings.Flag("AllowPartnerNodes", unlessSet: false);

    /// <summary>The library's folder, where files of the user's own may lie that the provider reads; null: there is none.</summary>
    public string? Home { get; init; }

    /// <summary>Where the provider may send word of a finished task; null: it is only asked.</summary>
    public Uri? WebhookUrl { get; init; }

    /// <summary>What signs the provider's webhooks, where it shows the user one; null: none is set, and no webhook is asked for.</summary>
    public Secret? WebhookSecret { get; init; } = settings.Text("WebhookSecret") is { } secret ? new Secret(secret.Trim()) : null;

    /// <summary>Where the provider is asked, for one whose keys belong to a region; null: its usual one.</summary>
    public string? Region { get; init; } = settings.Text("Region")?.Trim().ToLowerInvariant();

    /// <summary>
    /// What an operation costs in dollars under the user's contract, for a provider that sells by contract alone; null: it is guessed.
    /// </summary>
    public decimal? OperationUsd { get; init; } = settings.Number("OperationUsd", from: 0.0001m, to: 100m);

    /// <summary>The project that is asked and billed, for a provider that has projects; null: the one that the credentials name.</summary>
    public string? Project { get; init; } = Plain(settings, "Project", "the id of a project, such as my-ads-123");

    /// <summary>Where the provider does the work, for one that lets the user choose; null: at its usual place.</summary>
    public string? Location { get; init; } = Plain(settings, "Location", "a location such as us-central1");

    /// <summary>
    /// The user's own storage at the provider, through which inputs and results travel; null: they travel inside requests and answers.
    /// </summary>
    public string? Bucket { get; init; } = Plain(settings, "Bucket", "the bare name of a bucket, such as my-ads, without gs://");

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

    // Names that become part of an address.
    private static string? Plain(SettingsSection settings, string name, string allowed)
    {
        var text = settings.Text(name)?.Trim();
        if (text is null || text.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c is '-' or '_' or '.'))
        {
            return text;
        }
        settings.Refuse(name, $"is {ForeignText.Quote(text, 60)}; {allowed} is allowed");
        return null;
    }
}
