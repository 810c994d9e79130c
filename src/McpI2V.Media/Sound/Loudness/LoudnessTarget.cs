namespace McpI2V.Media.Sound.Loudness;

/// <summary>How loud a sound is to be.</summary>
/// <param name="Lufs">The whole loudness in LUFS; null: as loud as it is.</param>
/// <param name="PeakDb">The highest true peak of the encoded sound, in dB of full scale.</param>
internal sealed record LoudnessTarget(double? Lufs, double PeakDb)
{
    // What AAC adds to a peak that stands at the ceiling: 0.2 to 0.6 dB at 192 kbit/s, measured on drums, a voice and dense music.
    private const double RoomForEncoding = 0.7;

    // A hiss is not raised to a voice, and nothing is pressed flat: past this a sound stays softer than it was asked for.
    private const double MostGainDb = 40;
    private const double MostPressedDb = 9;
    private const int Rounds = 8;

    /// <summary>The gain for each level of a sound. It is one gain wherever the peaks allow it.</summary>
    public float[] GainsFor(SoundLevels levels)
    {
        var ceiling = FromDb(PeakDb - RoomForEncoding);
        var (loudness, peak) = (levels.Lufs, levels.TruePeak);
        if (peak <= 0 || double.IsInfinity(loudness) || Lufs is not { } wanted)
        {
            return Limiter.Under(ceiling, levels.Peaks, 1);
        }
        var gainDb = Math.Min(wanted - loudness, MostGainDb);
        var mostDb = Math.Max(ToDb(ceiling / peak), ToDb(ceiling / peak) + MostPressedDb);
        float[] gains = [];
        for (var round = 0; round < Rounds; round++)
        {
            gains = Limiter.Under(ceiling, levels.Peaks, FromDb(gainDb));
            var missing = wanted - levels.LufsUnder(gains);
            if (Math.Abs(missing) < 0.05 || gainDb >= Math.Min(mostDb, MostGainDb))
            {
                break;
            }
            gainDb = Math.Min(gainDb + missing, Math.Min(mostDb, MostGainDb));
        }
        return gains;
    }

    private static double FromDb(double db) => Math.Pow(10, db / 20);

    private static double ToDb(double gain) => 20 * Math.Log10(gain);
}
