namespace McpI2V.Media.Sound.Loudness;

/// <summary>
/// The gain of music under a voice: down before a word begins, held between words, back slowly. What the voice will say is known, so
/// nothing pumps.
/// </summary>
internal static class Ducking
{
    private const int Frame = SoundRate.Levels / 100;
    private const double DepthDb = 12;
    private const double SoftestDb = -50;
    private const double BelowTheVoiceDb = 24;
    private static readonly int Ahead = SoundRate.LevelsIn(TimeSpan.FromMilliseconds(200)) / Frame;
    private static readonly int Attack = SoundRate.LevelsIn(TimeSpan.FromMilliseconds(150)) / Frame;
    private static readonly int Hold = SoundRate.LevelsIn(TimeSpan.FromMilliseconds(500)) / Frame;
    private static readonly int Release = SoundRate.LevelsIn(TimeSpan.FromMilliseconds(800)) / Frame;

    /// <summary>The gain for each level.</summary>
    public static float[] Under(SoundLevels voice)
    {
        var frames = voice.Powers.Chunk(Frame).Select(f => InDb(f.Average())).ToArray();
        var spoken = frames.Where(db => db > SoftestDb).Order().ToArray();
        var threshold = spoken.Length == 0 ? 0 : Math.Max(SoftestDb, spoken[spoken.Length * 9 / 10] - BelowTheVoiceDb);
        var depth = new double[frames.Length];
        var (last, now) = (int.MinValue / 2, 0.0);
        var next = 0;
        for (var i = 0; i < frames.Length; i++)
        {
            while (next < frames.Length && (next < i || frames[next] < threshold))
            {
                next++;
            }
            last = frames[i] >= threshold ? i : last;
            var down = (next < frames.Length && next - i <= Ahead) || i - last <= Hold;
            now = down && i == 0 ? DepthDb : now;
            now = down ? Math.Min(DepthDb, now + (DepthDb / Attack)) : Math.Max(0, now - (DepthDb / Release));
            depth[i] = now;
        }
        return Between(depth, voice.Powers.Count);
    }

    private static float[] Between(double[] depth, int levels)
    {
        var gains = new float[levels];
        for (var i = 0; i < levels; i++)
        {
            var at = (i - (Frame / 2.0)) / Frame;
            var (from, part) = ((int)Math.Floor(at), at - Math.Floor(at));
            var (a, b) = (depth[Math.Clamp(from, 0, depth.Length - 1)], depth[Math.Clamp(from + 1, 0, depth.Length - 1)]);
            gains[i] = (float)Math.Pow(10, -(a + ((b - a) * part)) / 20);
        }
        return gains;
    }

    private static double InDb(double power) => 10 * Math.Log10(Math.Max(power, 1e-12));
}
