using McpI2V.Media.Sound.Music.Mixing;
using McpI2V.Media.Sound.Music.Writing;

namespace McpI2V.Media.Sound.Music;

/// <summary>A bed of music of this program's own writing: free of anybody's rights, the same for the same order.</summary>
public sealed record MusicBed
{
    /// <summary>The shortest and the longest, in seconds.</summary>
    public static readonly (double Shortest, double Longest) Seconds = (3, 180);

    /// <summary>The slowest and the fastest, in beats a minute.</summary>
    public static readonly (double Slowest, double Fastest) Tempi = (50, 180);

    private MusicBed(Mood mood, Form form, double seconds, int seed) => (Mood, Form, Length, Seed) = (mood, form, seconds, seed);

    /// <summary>What it feels like.</summary>
    public Mood Mood { get; }

    /// <summary>Its length in seconds.</summary>
    public double Length { get; }

    /// <summary>The seed.</summary>
    public int Seed { get; }

    /// <summary>Beats a minute.</summary>
    public double Bpm => Form.Bpm;

    /// <summary>Bars before the last chord, which falls on a beat of its own and rings out.</summary>
    public int Bars => Form.Bars;

    internal Form Form { get; }

    /// <summary>Orders a bed.</summary>
    /// <param name="mood">What it feels like.</param>
    /// <param name="seconds">Its length, within <see cref="Seconds"/>.</param>
    /// <param name="bpm">Its tempo, within <see cref="Tempi"/>; null: the mood's.</param>
    /// <param name="seed">Another one is another piece.</param>
    public static MusicBed Of(Mood mood, double seconds, double? bpm, int seed)
    {
        var (slow, fast) = Styles.Of(mood).Tempo;
        var tempo = bpm ?? new Random(seed).Next(slow, fast + 1);
        return new MusicBed(mood, Form.Of(tempo, seconds), seconds, seed);
    }

    /// <summary>Plays it to a WAV file of 48 kHz, stereo.</summary>
    public void Write(string path, CancellationToken cancellationToken)
    {
        var style = Styles.Of(Mood);
        var notes = new Composer(style, Form, new Random(Seed)).Write();
        WaveFile.Write(path, new Mixdown(style, Form, Length, Seed).Play(notes, cancellationToken), channels: 2, SoundRate.Samples);
    }
}
