namespace McpI2V.Media.Sound.Music.Writing;

/// <summary>What a bed of music feels like.</summary>
public enum Mood
{
    /// <summary>Bright pop in major.</summary>
    Upbeat,

    /// <summary>Piano and strings, friendly and unhurried.</summary>
    Warm,

    /// <summary>Pads and few notes; no drums.</summary>
    Calm,

    /// <summary>Four to the floor, in minor.</summary>
    Energetic,

    /// <summary>Strings and great drums that build.</summary>
    Cinematic,

    /// <summary>Sparse and low.</summary>
    Dark,

    /// <summary>Plucked and hopping.</summary>
    Playful,

    /// <summary>Electric piano and soft percussion, for beauty and fashion.</summary>
    Elegant,

    /// <summary>Dusty, swung and slow.</summary>
    Lofi,
}
