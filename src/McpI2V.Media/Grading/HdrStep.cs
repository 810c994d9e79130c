using McpI2V.Media.Grading.Light;
using McpI2V.Media.Grading.Tables;

namespace McpI2V.Media.Grading;

/// <summary>
/// HDR as SDR shows it: everything up to three quarters of a page's white stays as bright as it is, and what is above rolls off towards
/// the white of the screen, so that a window keeps its clouds. Hues stay: the three are brought down together.
/// </summary>
/// <param name="IsHlg">True for hybrid log-gamma, else the perceptual quantizer.</param>
internal sealed record HdrStep(bool IsHlg) : IColourStep
{
    private const double Knee = 0.75;
    private const double Above = (HighDynamicRange.Peak - Knee) / (1 - Knee);

    public bool IsNeutral => false;

    // HDR's curves are steep: a coarse table would show them as corners.
    public int Points => Math.Max(ColourTable.UsualPoints, 65);

    public Func<Rgb, Rgb> Function() => coded =>
    {
        var light = HighDynamicRange.ToNarrowPrimaries(IsHlg ? HighDynamicRange.OfHlg(coded) : HighDynamicRange.OfPq(coded));
        return LinearLight.Coded(light.Times(light.Highest <= Knee ? 1 : Rolled(light.Highest) / light.Highest)).Clamped();
    };

    // Reinhard's extended curve: as steep as before at the knee, 1 at the peak.
    private static double Rolled(double highest)
    {
        var over = (highest - Knee) / (1 - Knee);
        return Math.Min(1, Knee + ((1 - Knee) * over * (1 + (over / (Above * Above))) / (1 + over)));
    }
}
