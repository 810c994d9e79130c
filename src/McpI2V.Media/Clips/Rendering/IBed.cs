namespace McpI2V.Media.Clips.Rendering;

/// <summary>A sound that lies under a clip on a time of its own: it goes on where the picture is held.</summary>
internal interface IBed : IClipOperation
{
    /// <summary>The same sound on the clip after its picture was held.</summary>
    /// <param name="pause">When the picture is held.</param>
    /// <param name="before">The clip as it stood before this step.</param>
    IBed Past(ClipSpan pause, ClipShape before);
}
