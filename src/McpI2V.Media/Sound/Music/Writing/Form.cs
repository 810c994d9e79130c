namespace McpI2V.Media.Sound.Music.Writing;

/// <summary>How many bars there are, how full each is, and how long the last chord rings.</summary>
/// <param name="Bpm">Beats a minute.</param>
/// <param name="Fullness">For each bar 1 (an opening) to 3 (all play).</param>
/// <param name="RingSeconds">From the last chord to the end.</param>
internal sealed record Form(double Bpm, IReadOnlyList<int> Fullness, double RingSeconds)
{
    private const double ShortestRing = 1.1;

    public int Bars => Fullness.Count;

    public double BeatSeconds => 60 / Bpm;

    /// <summary>The form of a length.</summary>
    public static Form Of(double bpm, double seconds)
    {
        var bar = 240 / bpm;
        var bars = (int)Math.Floor((seconds - ShortestRing) / bar);
        if (bars < 1)
        {
            // A sting: one bar, as fast as it must be.
            return new Form(240 / (seconds * 0.65), [2], seconds * 0.35);
        }
        return new Form(bpm, [.. Enumerable.Range(0, bars).Select(b => FullnessOf(b, bars))], seconds - (bars * bar));
    }

    private static int FullnessOf(int bar, int bars)
    {
        var opening = bars switch { < 3 => 0, < 8 => 1, < 16 => 2, _ => 4 };
        var second = opening * 2;
        // The last third of a long piece begins with a breath.
        var breath = bars >= 24 ? (bars * 2 / 3) - (bars * 2 / 3 % 4) : -1;
        return bar < opening ? 1 : bar < second || (bar >= breath && bar < breath + 2 && breath > 0) ? 2 : 3;
    }
}
