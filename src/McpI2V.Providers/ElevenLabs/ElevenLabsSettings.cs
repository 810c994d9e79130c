using McpI2V.Media;
using McpI2V.Providers.Contract;

namespace McpI2V.Providers.ElevenLabs;

/// <summary>What can be set for ElevenLabs alone.</summary>
public sealed class ElevenLabsSettings(SettingsSection settings)
{
    /// <summary>What holds where nothing is set.</summary>
    public ElevenLabsSettings()
        : this(SettingsSection.Unset)
    {
    }

    /// <summary>What signs webhooks, as it is shown to the user; null: none is set, and no webhook is asked for.</summary>
    public Secret? WebhookSecret { get; init; } = settings.Text("WebhookSecret") is { } secret ? new Secret(secret.Trim()) : null;
}
