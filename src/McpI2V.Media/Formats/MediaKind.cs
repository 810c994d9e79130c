namespace McpI2V.Media.Formats;

/// <summary>What an asset is.</summary>
public enum MediaKind
{
    /// <summary>A picture.</summary>
    Still,

    /// <summary>Moving pictures, with or without sound.</summary>
    Clip,

    /// <summary>Sound alone.</summary>
    Audio,
}
