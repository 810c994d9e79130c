namespace McpI2V.Engine.Sound;

/// <summary>What is to be heard.</summary>
public enum SoundKind
{
    /// <summary>Words, spoken.</summary>
    Voice,

    /// <summary>Music.</summary>
    Music,

    /// <summary>A sound of something.</summary>
    Effect,
}
