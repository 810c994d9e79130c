namespace McpI2V.Media.Camera;

/// <summary>A move as a function of time: pure, so that the same shot gives the same frames on any machine.</summary>
public sealed record CameraPath(CameraMove Move, double Strength, Easing Easing, bool Loops, int Seed)
{
    /// <summary>From where to where, if the move crosses the still or goes to a part of it; null: it is one around the subject.</summary>
    public Travel? Travel { get; init; }

    /// <summary>The pose at a moment.</summary>
    /// <param name="time">0 at the first frame, 1 at the last (for a loop: 1 at the frame after the last, which is the first
    /// again).</param>
    /// <param name="duration">The length of the shot.</param>
    public CameraPose At(double time, TimeSpan duration)
    {
        var moment = new MoveMoment(this, time, duration, Way(time));
        return Travel?.At(moment) ?? CameraMoves.Of(Move).Pose(moment);
    }

    /// <summary>How far a moment is from the first still to the last: a loop goes there and back.</summary>
    internal double Between(double time) => Loops ? 1 - Math.Abs((2 * time) - 1) : time;

    private double Way(double time) => Loops ? (1 - Math.Cos(2 * Math.PI * time)) / 2 : Eased(time);

    private double Eased(double t) => Easing switch
    {
        Easing.Linear => t,
        Easing.EaseIn => 1 - Math.Cos(t * Math.PI / 2),
        Easing.EaseOut => Math.Sin(t * Math.PI / 2),
        Easing.Expo => Expo(t),
        Easing.Ramp => t + (0.85 * Math.Sin(2 * Math.PI * t) / (2 * Math.PI)),
        Easing.Back => Back(Math.Pow(t, 1.4)),
        _ => (1 - Math.Cos(t * Math.PI)) / 2,
    };

    // R. Penner's, 2001, brought to begin at 0 and end at 1 exactly.
    private static double Expo(double t)
    {
        const double Rest = 1.0 / 2048;
        var way = t < 0.5 ? Math.Pow(2, (20 * t) - 10) / 2 : 1 - (Math.Pow(2, 10 - (20 * t)) / 2);
        return (way - Rest) / (1 - (2 * Rest));
    }

    // Six hundredths too far.
    private static double Back(double t)
    {
        const double Swing = 1.3;
        return 1 + ((Swing + 1) * Math.Pow(t - 1, 3)) + (Swing * Math.Pow(t - 1, 2));
    }
}
