using McpI2V.Media;

namespace McpI2V.Providers.Xai;

/// <summary>What can be set for xAI alone.</summary>
public sealed class XaiSettings(SettingsSection settings)
{
    /// <summary>What holds where nothing is set.</summary>
    public XaiSettings()
        : this(SettingsSection.Unset)
    {
    }

    /// <summary>
    /// How many hours xAI keeps a clip among the account's files, where a lost request is found by its name: 24 unless set, 1 to 720; 0: it
    /// is not kept, and what was lost stays lost.
    /// </summary>
    public int KeepHours { get; init; } = settings.Number("KeepHours", unlessSet: 24, from: 0, to: 720);
}
