namespace McpI2V.Media.Sound;

/// <summary>A gain over time as a file that a graph multiplies a sound by.</summary>
internal static class GainCurve
{
    /// <summary>How much the curve's ends are held on either side, so that bringing it to 48 kHz does not swing there.</summary>
    public static readonly TimeSpan Margin = TimeSpan.FromMilliseconds(20);

    private static readonly int Held = SoundRate.LevelsIn(Margin);

    /// <summary>Writes gains, four thousand a second.</summary>
    public static void Write(string path, IReadOnlyList<float> gains)
    {
        var (first, last) = gains.Count == 0 ? (1f, 1f) : (gains[0], gains[^1]);
        float[] samples = [.. Enumerable.Repeat(first, Held), .. gains, .. Enumerable.Repeat(last, Held)];
        WaveFile.Write(path, samples, channels: 1, SoundRate.Levels);
    }

    /// <summary>True if a file holds a curve of about a length.</summary>
    public static bool IsWhole(string path, TimeSpan length) => new FileInfo(path) is { Exists: true } file
        && Math.Abs(file.Length - 44 - (sizeof(float) * (SoundRate.LevelsIn(length) + (2 * Held)))) < sizeof(float) * SoundRate.Levels / 4;
}
