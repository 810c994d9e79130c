using System.Runtime.InteropServices;

namespace McpI2V.Providers.Local;

/// <summary>
/// How a take of the camera differs from the one of seed 0, which is the move exactly as it was asked for: a little more or less of
/// it, around a place a little aside. The move stays what it is.
/// </summary>
/// <param name="Strength">How much of the asked strength, 0.8 to 1.2.</param>
/// <param name="X">How far the focus lies aside, as a share of the width.</param>
/// <param name="Y">The same of the height.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct TakeVariation(double Strength, double X, double Y)
{
    /// <summary>What is said of takes.</summary>
    public const string Note = "Takes of local:camera are the same move, by up to a fifth stronger or weaker and a little aside; for " +
        "other moves say another camera.";

    private const double MostStronger = 0.2;
    private const double MostAside = 0.04;

    /// <summary>The variation of a seed, the same on any machine.</summary>
    public static TakeVariation Of(long seed) => seed == 0
        ? new(1, 0, 0)
        : new(1 + (MostStronger * Part(seed, 1)), MostAside * Part(seed, 2), MostAside * Part(seed, 3));

    /// <summary>A strength varied; one that has no room above is weakened instead.</summary>
    public double Varied(double strength) => strength * Strength <= 1 ? strength * Strength : strength * (2 - Strength);

    // SplitMix64 (Steele, Lea, Flood 2014), to -1..1: neighbouring seeds have nothing in common.
    private static double Part(long seed, ulong axis)
    {
        unchecked
        {
            var mixed = ((ulong)seed * 3) + axis + 0x9E3779B97F4A7C15;
            mixed = (mixed ^ (mixed >> 30)) * 0xBF58476D1CE4E5B9;
            mixed = (mixed ^ (mixed >> 27)) * 0x94D049BB133111EB;
            mixed ^= mixed >> 31;
            return ((mixed >> 11) / (double)(1UL << 52)) - 1;
        }
    }
}
