namespace McpI2V.Media.Text.Moving;

/// <summary>How a movement is spread over its time; 0 to 1 in and out.</summary>
internal static class Easing
{
    /// <summary>Fast at first, then settling.</summary>
    public static double Out(double t) => 1 - Math.Pow(1 - t, 3);

    /// <summary>Very fast at first.</summary>
    public static double OutSharply(double t) => t >= 1 ? 1 : 1 - Math.Pow(2, -10 * t);

    /// <summary>A little past its end and back (Penner's back).</summary>
    public static double OutAndBack(double t) => 1 + (2.4 * Math.Pow(t - 1, 3)) + (1.4 * Math.Pow(t - 1, 2));

    /// <summary>Slow, fast, slow.</summary>
    public static double InAndOut(double t) => t * t * (3 - (2 * t));
}
