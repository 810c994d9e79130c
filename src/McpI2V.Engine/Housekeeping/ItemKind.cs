namespace McpI2V.Engine.Housekeeping;

/// <summary>What can be put in order.</summary>
public enum ItemKind
{
    /// <summary>A still, clip or sound.</summary>
    Asset,

    /// <summary>A batch.</summary>
    Batch,

    /// <summary>A named subject.</summary>
    Element,

    /// <summary>A named motion that was saved.</summary>
    Preset,
}
