namespace McpI2V.Media.Sound.Loudness;

/// <summary>The peak between the samples of one channel: four times oversampled, as ITU-R BS.1770-4, annex 2, does it.</summary>
internal sealed class TruePeak
{
    private const int Taps = 12;

    // The other two phases are these backwards.
    private static readonly double[] Phase0 =
    [
        0.0017089843750, 0.0109863281250, -0.0196533203125, 0.0332031250000, -0.0594482421875, 0.1373291015625,
        0.9721679687500, -0.1022949218750, 0.0476074218750, -0.0266113281250, 0.0148925781250, -0.0083007812500,
    ];

    private static readonly double[] Phase1 =
    [
        -0.0291748046875, 0.0292968750000, -0.0517578125000, 0.0891113281250, -0.1665039062500, 0.4650878906250,
        0.7797851562500, -0.2003173828125, 0.1015625000000, -0.0582275390625, 0.0330810546875, -0.0189208984375,
    ];

    // Each sample stands twice, so that the newest twelve are always one piece.
    private readonly double[] held = new double[Taps * 2];
    private int place;

    /// <summary>The greatest of the four values that a sample brings, without sign.</summary>
    public double Next(double sample)
    {
        held[place] = held[place + Taps] = sample;
        place = (place + 1) % Taps;
        var newest = held.AsSpan(place, Taps);
        double a = 0, b = 0, c = 0, d = 0;
        for (var i = 0; i < Taps; i++)
        {
            var value = newest[i];
            a += Phase0[i] * value;
            b += Phase1[i] * value;
            c += Phase1[Taps - 1 - i] * value;
            d += Phase0[Taps - 1 - i] * value;
        }
        var between = Math.Max(Math.Max(Math.Abs(a), Math.Abs(b)), Math.Max(Math.Abs(c), Math.Abs(d)));
        return Math.Max(between, Math.Abs(newest[Taps / 2]));
    }
}
