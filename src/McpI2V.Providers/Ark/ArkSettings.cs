using McpI2V.Media;

namespace McpI2V.Providers.Ark;

/// <summary>What can be set for Ark alone.</summary>
public sealed class ArkSettings(SettingsSection settings)
{
    /// <summary>What holds where nothing is set.</summary>
    public ArkSettings()
        : this(SettingsSection.Unset)
    {
    }

    /// <summary>The cloud to which the key belongs: <c>byteplus</c> unless set, or <c>volcengine</c>.</summary>
    public string Region { get; init; } = settings.OneOf("Region", [.. ArkRegion.All.Select(r => r.Name)]);
}
