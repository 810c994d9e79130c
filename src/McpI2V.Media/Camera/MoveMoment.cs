using System.Runtime.InteropServices;

namespace McpI2V.Media.Camera;

/// <summary>A moment of a move.</summary>
/// <param name="Path">Whose move it is.</param>
/// <param name="Time">0 at the first frame, 1 at the last.</param>
/// <param name="Duration">The length of the shot.</param>
/// <param name="Way">How much of the way is done, 0 to 1, eased; a loop goes there and back.</param>
[StructLayout(LayoutKind.Auto)]
public readonly record struct MoveMoment(CameraPath Path, double Time, TimeSpan Duration, double Way)
{
    /// <summary>How far the move goes, 0 to 1.</summary>
    public double Strength => Path.Strength;

    /// <summary>The way around its middle, -0.5 to 0.5, times the strength: a move to both sides of where the subject is.</summary>
    public double Across => Strength * (Way - 0.5);

    /// <summary>Left or right by the seed, -1 or 1.</summary>
    public int Side => (Path.Seed & 1) == 0 ? 1 : -1;

    /// <summary>A zoom that grows evenly to the eye, which means on a logarithm.</summary>
    /// <param name="gain">How much is added at full strength.</param>
    /// <param name="way">How much of it is done, 0 to 1.</param>
    public double Zoom(double gain, double way) => Math.Pow(1 + (gain * Strength), way);

    /// <summary>The way of a crash zoom: it stands, jumps and creeps on.</summary>
    public double Crash => (0.12 * Way) + (0.88 * Snap(0.3));

    /// <summary>A jump from 0 to 1 that takes a quarter of a second, goes 4 % too far and settles, as a lens does that is thrown.</summary>
    /// <param name="start">How much of the way is done when it begins.</param>
    private double Snap(double start)
    {
        var seconds = Math.Max(0, Way - start) * Duration.TotalSeconds;
        return 1 - (Math.Exp(-9 * seconds) * Math.Cos(9 * seconds));
    }
}
