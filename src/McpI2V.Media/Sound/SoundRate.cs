namespace McpI2V.Media.Sound;

/// <summary>How sound is counted here: stereo of 48 kHz as floats, and gains four thousand times a second.</summary>
internal static class SoundRate
{
    /// <summary>Samples a second of every sound in a graph.</summary>
    public const int Samples = 48_000;

    /// <summary>Levels and gains a second: a quarter of a millisecond each, which is finer than any fade.</summary>
    public const int Levels = 4_000;

    /// <summary>Samples of one channel in one level.</summary>
    public const int SamplesPerLevel = Samples / Levels;

    /// <summary>A time as a count of levels.</summary>
    public static int LevelsIn(TimeSpan time) => (int)Math.Round(time.TotalSeconds * Levels);
}
