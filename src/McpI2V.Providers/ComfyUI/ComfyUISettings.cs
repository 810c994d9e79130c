using McpI2V.Media;

namespace McpI2V.Providers.ComfyUI;

/// <summary>What can be set for ComfyUI alone.</summary>
public sealed class ComfyUISettings(SettingsSection settings)
{
    /// <summary>What holds where nothing is set.</summary>
    public ComfyUISettings()
        : this(SettingsSection.Unset)
    {
    }

    /// <summary>True if the server may run what is paid for elsewhere; no budget of this program sees what that spends.</summary>
    public bool AllowPartnerNodes { get; init; } = settings.Flag("AllowPartnerNodes", unlessSet: false);
}
