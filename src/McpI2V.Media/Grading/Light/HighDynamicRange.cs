namespace McpI2V.Media.Grading.Light;

/// <summary>Between the numbers of an HDR picture and light in which 1 is the white of a page (203 cd/m2, ITU-R BT.2408).</summary>
internal static class HighDynamicRange
{
    /// <summary>The brightest that a table has to hold: what a display of 1,000 cd/m2 shows.</summary>
    public const double Peak = 1_000 / White;

    private const double White = 203;

    // Hybrid log-gamma (ITU-R BT.2100, table 5), seen on a display of 1,000 cd/m2.
    private const double A = 0.17883277;
    private const double B = 0.28466892;
    private const double C = 0.55991073;
    private const double SystemGamma = 1.2;

    // Perceptual quantizer (ITU-R BT.2100, table 4).
    private const double M1 = 0.1593017578125;
    private const double M2 = 78.84375;
    private const double C1 = 0.8359375;
    private const double C2 = 18.8515625;
    private const double C3 = 18.6875;

    /// <summary>Light of hybrid log-gamma, in the primaries of BT.2020.</summary>
    public static Rgb OfHlg(Rgb coded)
    {
        var scene = coded.Each(v => v <= 0.5 ? v * v / 3 : (Math.Exp((v - C) / A) + B) / 12);
        var luminance = (0.2627 * scene.Red) + (0.6780 * scene.Green) + (0.0593 * scene.Blue);
        return scene.Times(luminance <= 0 ? 0 : Peak * Math.Pow(luminance, SystemGamma - 1));
    }

    /// <summary>Light of the perceptual quantizer, in the primaries of BT.2020.</summary>
    public static Rgb OfPq(Rgb coded) => coded.Each(v =>
    {
        var root = Math.Pow(Math.Max(0, v), 1 / M2);
        return 10_000 / White * Math.Pow(Math.Max(0, root - C1) / (C2 - (C3 * root)), 1 / M1);
    });

    /// <summary>From the primaries of BT.2020 to those of BT.709 (ITU-R BT.2087); a colour that these can't show moves to the grey of its
    /// own luminance until they can.</summary>
    public static Rgb ToNarrowPrimaries(Rgb light)
    {
        var narrow = new Rgb(
            (1.6605 * light.Red) - (0.5876 * light.Green) - (0.0728 * light.Blue),
            (-0.1246 * light.Red) + (1.1329 * light.Green) - (0.0083 * light.Blue),
            (-0.0182 * light.Red) - (0.1006 * light.Green) + (1.1187 * light.Blue));
        if (narrow.Lowest >= 0)
        {
            return narrow;
        }
        var grey = Math.Max(0, narrow.Luminance);
        return narrow.Towards(new Rgb(grey, grey, grey), narrow.Lowest / (narrow.Lowest - grey)).Each(v => Math.Max(0, v));
    }
}
