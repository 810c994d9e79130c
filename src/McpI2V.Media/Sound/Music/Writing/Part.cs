namespace McpI2V.Media.Sound.Music.Writing;

/// <summary>Who plays.</summary>
internal enum Part
{
    Pad,
    Keys,
    Arpeggio,
    Melody,
    Bass,
    Kick,
    Snare,
    Clap,
    Hat,
    OpenHat,
    Shaker,
    Rim,
    Taiko,
    Crash,
    Swell,
}
