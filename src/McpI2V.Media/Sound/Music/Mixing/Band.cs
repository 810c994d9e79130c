using McpI2V.Media.Sound.Music.Instruments;
using McpI2V.Media.Sound.Music.Writing;

namespace McpI2V.Media.Sound.Music.Mixing;

/// <summary>Who plays which part of a style.</summary>
internal static class Band
{
    private static readonly Dictionary<string, Action<Tone, Track>> Instruments = new()
    {
        ["pad"] = Sustained.Pad,
        ["strings"] = Sustained.Strings,
        ["spiccato"] = Sustained.Spiccato,
        ["stab"] = Sustained.Stab,
        ["round bass"] = Sustained.RoundBass,
        ["synth bass"] = Sustained.SynthBass,
        ["piano"] = Struck.Piano,
        ["electric piano"] = Struck.ElectricPiano,
        ["bell"] = Struck.Bell,
        ["marimba"] = Struck.Marimba,
        ["pluck"] = Struck.Pluck,
    };

    public static Seat Of(Part part, Style style) => part switch
    {
        Part.Pad => new(Instruments[style.Pad], -16, 0.9, GivesWay: true),
        Part.Keys => new(Instruments[style.Keys], -12.5, 0.8, GivesWay: true),
        Part.Arpeggio => new(Instruments[style.Arpeggio!], -14, 1, 0.3, GivesWay: true),
        Part.Melody => new(Instruments[style.Melody], -10, 1.2, -0.12),
        Part.Bass => new(Instruments[style.Bass], -14, 0.05, GivesWay: true),
        Part.Kick => new(Drums.Kick, -10, 0.04),
        Part.Snare => new(Drums.Snare, -11, 0.5, 0.05),
        Part.Clap => new(Drums.Clap, -8, 0.6),
        Part.Hat => new(Drums.Hat, -13.5, 0.2, 0.28),
        Part.OpenHat => new(Drums.OpenHat, -16, 0.2, -0.22),
        Part.Shaker => new(Drums.Shaker, -14, 0.3, -0.35),
        Part.Rim => new(Drums.Rim, -13, 0.7, 0.15),
        Part.Taiko => new(Drums.Taiko, -10, 0.9),
        Part.Crash => new(Drums.Crash, -15, 0.8),
        _ => new(Drums.Swell, -15, 0.8),
    };
}
