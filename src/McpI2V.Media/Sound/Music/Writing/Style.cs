namespace McpI2V.Media.Sound.Music.Writing;

/// <summary>How a mood is written and who plays it.</summary>
internal sealed record Style
{
    /// <summary>Beats a minute, from and to; a seed chooses between.</summary>
    public required (int Slow, int Fast) Tempo { get; init; }

    /// <summary>True if it is in minor.</summary>
    public bool IsMinor { get; init; }

    /// <summary>Rounds of four chords, a bar each; a seed chooses one.</summary>
    public required IReadOnlyList<string> Rounds { get; init; }

    /// <summary>What leads to the last chord, a bar each, and that chord.</summary>
    public required string Cadence { get; init; }

    /// <summary>The keys' instrument, by its name in the band.</summary>
    public required string Keys { get; init; }

    /// <summary>When keys are struck within a bar, in sixteenths.</summary>
    public required IReadOnlyList<int> Strikes { get; init; }

    /// <summary>The instrument that arpeggiates; null: none does.</summary>
    public string? Arpeggio { get; init; }

    /// <summary>Sixteenths from one note of it to the next.</summary>
    public int ArpeggioStep { get; init; } = 2;

    /// <summary>The instrument of the melody.</summary>
    public required string Melody { get; init; }

    /// <summary>When the bass plays within a bar, in sixteenths; empty: a note a bar.</summary>
    public IReadOnlyList<int> BassSteps { get; init; } = [];

    /// <summary>The bass's instrument.</summary>
    public string Bass { get; init; } = "round bass";

    /// <summary>What holds the chords.</summary>
    public string Pad { get; init; } = "pad";

    /// <summary>The drums of a full bar, sixteenths as letters: <c>x</c> a stroke, <c>X</c> an accent, <c>o</c> a soft one.</summary>
    public IReadOnlyDictionary<Part, string> Drums { get; init; } = new Dictionary<Part, string>();

    /// <summary>How late every second sixteenth comes: 0 straight, 0.33 as triplets.</summary>
    public double Swing { get; init; }

    /// <summary>How much the kick makes room for itself, in dB.</summary>
    public double PumpDb { get; init; } = 3;

    /// <summary>How much of everything comes back from the room, 0 to 1.</summary>
    public double Room { get; init; } = 0.22;
}
