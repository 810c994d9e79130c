namespace McpI2V.Media.Sound;

/// <summary>WAV files of 32-bit floats, as curves of gain are kept.</summary>
internal static class WaveFile
{
    /// <summary>Writes a file whole.</summary>
    /// <param name="path">Where.</param>
    /// <param name="samples">The samples, interleaved.</param>
    /// <param name="channels">How many channels.</param>
    /// <param name="rate">Samples of one channel a second.</param>
    public static void Write(string path, ReadOnlySpan<float> samples, int channels, int rate)
    {
        using var file = new WaveWriter(path, channels, rate);
        file.Write(samples);
    }

    /// <summary>True if a file is there with all of its samples.</summary>
    public static bool IsWhole(string path, long samples) =>
        new FileInfo(path) is { Exists: true } file && file.Length == WaveWriter.HeaderBytes + (samples * sizeof(float));
}
