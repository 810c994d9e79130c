namespace McpI2V.Media.Clips.Rendering;

/// <summary>A step that holds the picture for a while.</summary>
internal interface IPicturePause : IClipOperation
{
    /// <summary>When, on the clip that it makes; null if what lies under it pauses too.</summary>
    ClipSpan? PauseUnderSound(ClipShape before);
}
