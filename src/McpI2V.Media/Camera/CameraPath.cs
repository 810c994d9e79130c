namespace McpI2V.Media.Camera;

/// <summary>A move as a function of time: pure, so that the same shot gives the same frames on any machine.</summary>
public sealed record CameraPath(CameraMove Move, double Strength, Easing Easing, bool Loops, int Seed)
{
    /// <summary>The pose at a moment.</summary>
    /// <param name="time">0 at the first frame, 1 at the last (for a loop: 1 at the frame after the last, which is the first
    /// again).</param>
    /// <param name="duration">The length of the shot; a hand shakes by the second, not by the clip.</param>
    public CameraPose At(double time, TimeSpan duration)
    {
        if (Move == CameraMove.Handheld)
        {
            return Handheld(time, duration);
        }
        return Travelled(Loops ? (1 - Math.Cos(2 * Math.PI * time)) / 2 : Eased(time));
    }

    private double Eased(double t) => Easing switch
    {
        Easing.Linear => t,
        Easing.EaseIn => 1 - Math.Cos(t * Math.PI / 2),
        Easing.EaseOut => Math.Sin(t * Math.PI / 2),
        _ => (1 - Math.Cos(t * Math.PI)) / 2,
    };

    private CameraPose Travelled(double p)
    {
        var s = Strength;
        var centred = p - 0.5;
        return Move switch
        {
            CameraMove.LockedOff => new(Zoom: Math.Pow(1 + (0.04 * s), p), ShiftX: 0.01 * s * Sign * centred),
            // An even rate of growth looks even, so zoom travels on a logarithm.
            CameraMove.PushIn => new(Zoom: Math.Pow(1 + (0.5 * s), p)),
            CameraMove.PullOut => new(Zoom: Math.Pow(1 + (0.5 * s), 1 - p)),
            CameraMove.PanLeft => new(Yaw: -0.3 * s * centred),
            CameraMove.PanRight => new(Yaw: 0.3 * s * centred),
            CameraMove.TiltUp => new(Pitch: -0.3 * s * centred),
            CameraMove.TiltDown => new(Pitch: 0.3 * s * centred),
            CameraMove.TruckLeft => new(ShiftX: -0.3 * s * centred),
            CameraMove.TruckRight or CameraMove.Parallax => new(ShiftX: 0.3 * s * centred),
            CameraMove.PedestalUp => new(ShiftY: -0.3 * s * centred),
            CameraMove.PedestalDown => new(ShiftY: 0.3 * s * centred),
            CameraMove.OrbitLeft => new(Orbit: -0.5 * s * centred),
            CameraMove.OrbitRight => new(Orbit: 0.5 * s * centred),
            CameraMove.CraneUp => new(ShiftY: -0.4 * s * centred, Pitch: 0.14 * s * centred, Zoom: Math.Pow(1 + (0.1 * s), 1 - p)),
            CameraMove.CraneDown => new(ShiftY: 0.4 * s * centred, Pitch: -0.14 * s * centred, Zoom: Math.Pow(1 + (0.1 * s), p)),
            CameraMove.RollLeft => new(Roll: -0.24 * s * centred),
            CameraMove.RollRight => new(Roll: 0.24 * s * centred),
            _ => throw new ArgumentOutOfRangeException(nameof(p), Move, "no such move"),
        };
    }

    private int Sign => (Seed & 1) == 0 ? 1 : -1;

    // Three slow sines an axis whose periods share no multiple; for a loop they are rounded to whole periods.
    private CameraPose Handheld(double time, TimeSpan duration)
    {
        double Wave(int axis)
        {
            ReadOnlySpan<double> hertz = [0.23, 0.61, 1.27];
            ReadOnlySpan<double> weight = [0.6, 0.3, 0.1];
            double sum = 0;
            for (var i = 0; i < hertz.Length; i++)
            {
                var cycles = hertz[i] * (1 + (0.13 * axis)) * duration.TotalSeconds;
                var phase = Phase(axis, i);
                sum += weight[i] * Math.Sin((2 * Math.PI * (Loops ? Math.Max(1, Math.Round(cycles)) : cycles) * time) + phase);
            }
            return sum;
        }

        var s = Strength;
        return new(Zoom: 1, ShiftX: 0.03 * s * Wave(0), ShiftY: 0.03 * s * Wave(1), Roll: 0.02 * s * Wave(2), Yaw: 0.01 * s * Wave(3));
    }

    private double Phase(int axis, int wave)
    {
        var hash = unchecked((uint)((Seed * 73_856_093) ^ (axis * 19_349_663) ^ (wave * 83_492_791)));
        hash ^= hash >> 13;
        hash *= 0x5bd1e995;
        hash ^= hash >> 15;
        return hash / (double)uint.MaxValue * 2 * Math.PI;
    }
}
