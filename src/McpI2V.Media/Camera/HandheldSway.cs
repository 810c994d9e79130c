namespace McpI2V.Media.Camera;

/// <summary>An operator's hands: three slow sines an axis whose periods share no multiple.</summary>
internal static class HandheldSway
{
    /// <summary>The camera at a moment; a hand shakes by the second, not by the clip.</summary>
    public static CameraPose At(MoveMoment moment)
    {
        var s = moment.Strength;
        return new(
            Zoom: 1,
            ShiftX: 0.03 * s * Wave(moment, 0),
            ShiftY: 0.03 * s * Wave(moment, 1),
            Roll: 0.02 * s * Wave(moment, 2),
            Yaw: 0.01 * s * Wave(moment, 3));
    }

    // For a loop the periods are rounded to whole ones.
    private static double Wave(MoveMoment moment, int axis)
    {
        ReadOnlySpan<double> hertz = [0.23, 0.61, 1.27];
        ReadOnlySpan<double> weight = [0.6, 0.3, 0.1];
        double sum = 0;
        for (var i = 0; i < hertz.Length; i++)
        {
            var cycles = hertz[i] * (1 + (0.13 * axis)) * moment.Duration.TotalSeconds;
            var whole = moment.Path.Loops ? Math.Max(1, Math.Round(cycles)) : cycles;
            sum += weight[i] * Math.Sin((2 * Math.PI * whole * moment.Time) + Phase(moment.Path.Seed, axis, i));
        }
        return sum;
    }

    private static double Phase(int seed, int axis, int wave)
    {
        var hash = unchecked((uint)((seed * 73_856_093) ^ (axis * 19_349_663) ^ (wave * 83_492_791)));
        hash ^= hash >> 13;
        hash *= 0x5bd1e995;
        hash ^= hash >> 15;
        return hash / (double)uint.MaxValue * 2 * Math.PI;
    }
}
