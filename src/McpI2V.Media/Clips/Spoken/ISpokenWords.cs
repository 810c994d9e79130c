namespace McpI2V.Media.Clips.Spoken;

/// <summary>A step that sets spoken words over the picture, or brings clips in that have some.</summary>
internal interface ISpokenWords : IClipOperation
{
    /// <summary>The words, and when they are seen on the clip that it makes.</summary>
    IReadOnlyList<SpokenWords> WordsOn(ClipShape before);
}
