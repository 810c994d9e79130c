namespace McpI2V.Media.Grading.Light;

/// <summary>
/// Between what a file holds and light. Stills and clips are both seen on screens that follow sRGB, and a still becomes a clip without a
/// change of its curve, so one curve (IEC 61966-2-1) is right for both.
/// </summary>
internal static class LinearLight
{
    public static Rgb Of(Rgb coded) => coded.Each(Of);

    public static Rgb Coded(Rgb light) => light.Each(Coded);

    public static double Of(double coded) => coded <= 0.04045 ? coded / 12.92 : Math.Pow((coded + 0.055) / 1.055, 2.4);

    public static double Coded(double light) => light <= 0.0031308 ? light * 12.92 : (1.055 * Math.Pow(light, 1 / 2.4)) - 0.055;
}
