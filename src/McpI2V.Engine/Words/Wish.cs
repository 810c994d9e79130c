namespace McpI2V.Engine.Words;

/// <summary>What people ask for in words that a typed argument or operation does, free and exactly.</summary>
public enum Wish
{
    Undo,
    Resolution,
    VoiceOver,
    Music,
    Stabilize,
    Captions,
    Title,
    Logo,
    Trim,
    Slower,
    Faster,
    Reverse,
    Loop,
    Fade,
    Freeze,
    Mute,
    Louder,
    Quieter,
    Ratio,
    Warmer,
    Cooler,
    Brighter,
    Darker,
    Vivid,
    BlackAndWhite,
    Backdrop,
    Bigger,
    Smaller,
}
