using McpI2V.Media;

namespace McpI2V.Providers.Firefly;

/// <summary>What can be set for Firefly alone.</summary>
public sealed class FireflySettings(SettingsSection settings)
{
    /// <summary>What holds where nothing is set.</summary>
    public FireflySettings()
        : this(SettingsSection.Unset)
    {
    }

    /// <summary>What an operation costs in dollars under the user's contract; null: it is guessed.</summary>
    public decimal? OperationUsd { get; init; } = settings.Number("OperationUsd", from: 0.0001m, to: 100m);
}
