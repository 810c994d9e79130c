namespace McpI2V.Media.Clips.Rendering;

/// <summary>A step that changes what is heard, or when.</summary>
internal interface ISoundOperation : IClipOperation
{
    /// <summary>What keeps peaks under full scale where it adds sounds up; null: it adds none up.</summary>
    IClipOperation? Ceiling => null;

    /// <summary>The steps that it is rendered as.</summary>
    IReadOnlyList<IClipOperation> Parts => [this];

    /// <summary>The same step with other clips brought in.</summary>
    IClipOperation With(IReadOnlyList<ClipSource> clips) => this;
}
