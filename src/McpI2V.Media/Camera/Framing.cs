using McpI2V.Media.Camera.Sampling;
using McpI2V.Media.Geometry;

namespace McpI2V.Media.Camera;

/// <summary>
/// Places the camera before a still: the largest window of the frame's shape that fits, drawn in just far enough that no
/// moment of the move looks past the still's edge.
/// </summary>
public sealed class Framing
{
    private const double FocalLengths = 1.2;
    private const int Samples = 48;
    private readonly PixelSize still;
    private readonly PixelSize frame;
    private readonly double windowWidth;
    private readonly double focusX;
    private readonly double focusY;

    private Framing(PixelSize still, PixelSize frame, double focusX, double focusY, double closeness)
    {
        this.still = still;
        this.frame = frame;
        this.focusX = focusX;
        this.focusY = focusY;
        windowWidth = Math.Min(still.Width, still.Height * frame.Ratio);
        Closeness = closeness;
    }

    /// <summary>How far the window was drawn in to keep the edges out of sight; 1 is not at all.</summary>
    public double Closeness { get; }

    /// <summary>Frames a move over a still.</summary>
    /// <param name="still">The still's size.</param>
    /// <param name="frame">The clip's size.</param>
    /// <param name="path">The move.</param>
    /// <param name="duration">The length of the shot.</param>
    /// <param name="focus">Where the subject is, each axis 0 to 1; a travel knows by itself where it goes.</param>
    public static Framing FromPath(PixelSize still, PixelSize frame, CameraPath path, TimeSpan duration, (double X, double Y) focus)
    {
        double low = 1, high = 4;
        if (path.Travel is not null)
        {
            focus = (0.5, 0.5);
        }
        var framing = new Framing(still, frame, focus.X, focus.Y, low);
        if (path.Travel is { LooksPast: true } || framing.Covers(path, duration))
        {
            return framing;
        }
        for (var i = 0; i < 24; i++)
        {
            var middle = (low + high) / 2;
            if (new Framing(still, frame, focus.X, focus.Y, middle).Covers(path, duration))
            {
                high = middle;
            }
            else
            {
                low = middle;
            }
        }
        return new Framing(still, frame, focus.X, focus.Y, high);
    }

    /// <summary>The view of a pose.</summary>
    public Homography See(CameraPose pose)
    {
        var focal = FocalLengths * frame.LongSide;
        var zoom = pose.Zoom * Closeness;
        var distance = focal * windowWidth / (frame.Width * zoom);
        var windowHeight = windowWidth / frame.Ratio;
        var (centreX, centreY) = (Centre(still.Width, windowWidth / Closeness, focusX), Centre(
            still.Height,
            windowHeight / Closeness,
            focusY));
        var x = centreX + (pose.ShiftX * windowWidth) + (distance * Math.Sin(pose.Orbit));
        var y = centreY + (pose.ShiftY * windowHeight);
        var z = distance * Math.Cos(pose.Orbit);
        var (sinYaw, cosYaw) = Math.SinCos(pose.Yaw - pose.Orbit);
        var (sinPitch, cosPitch) = Math.SinCos(pose.Pitch);
        var (sinRoll, cosRoll) = Math.SinCos(pose.Roll);

        // Direction of the ray through (u, v), as rows over (u, v, 1): roll, then pitch, then yaw.
        double cu = -frame.Width / 2.0, cv = -frame.Height / 2.0;
        Row a = new(cosRoll, -sinRoll, (cosRoll * cu) - (sinRoll * cv));
        Row b = new(sinRoll, cosRoll, (sinRoll * cu) + (cosRoll * cv));
        Row f = new(0, 0, focal);
        var (pitchedY, pitchedZ) = ((b * cosPitch) + (f * sinPitch), (f * cosPitch) + (b * -sinPitch));
        var (rayX, rayZ) = ((a * cosYaw) + (pitchedZ * sinYaw), (pitchedZ * cosYaw) + (a * -sinYaw));
        var mapX = (rayZ * x) + (rayX * z);
        var mapY = (rayZ * y) + (pitchedY * z);
        var scale = 1 / rayZ.K;
        return pose.IsUpright
            ? new Homography(mapX.U * scale, 0, mapX.K * scale, 0, mapY.V * scale, mapY.K * scale, 0, 0, 1)
            : new Homography(
                mapX.U * scale,
                mapX.V * scale,
                mapX.K * scale,
                mapY.U * scale,
                mapY.V * scale,
                mapY.K * scale,
                rayZ.U * scale,
                rayZ.V * scale,
                1);
    }

    /// <summary>How many pixels of the still one pixel of the frame takes, at the closest and the widest moment.</summary>
    public (double Closest, double Widest) Density(CameraPath path, TimeSpan duration)
    {
        double closest = double.MaxValue, widest = 0;
        for (var i = 0; i <= Samples; i++)
        {
            var step = windowWidth / (frame.Width * path.At((double)i / Samples, duration).Zoom * Closeness);
            (closest, widest) = (Math.Min(closest, step), Math.Max(widest, step));
        }
        return (closest, widest);
    }

    private static double Centre(int side, double window, double focus) =>
        side <= window ? side / 2.0 : Math.Clamp(focus * side, window / 2, side - (window / 2));

    private bool Covers(CameraPath path, TimeSpan duration)
    {
        for (var i = 0; i <= Samples; i++)
        {
            var homography = See(path.At((double)i / Samples, duration));
            if (!Inside(homography.Map(0, 0))
                || !Inside(homography.Map(frame.Width, 0))
                || !Inside(homography.Map(0, frame.Height))
                || !Inside(homography.Map(frame.Width, frame.Height)))
            {
                return false;
            }
        }
        return true;
    }

    private bool Inside((double X, double Y) point) =>
        point.X >= -0.01 && point.Y >= -0.01 && point.X <= still.Width + 0.01 && point.Y <= still.Height + 0.01;

    private readonly record struct Row(double U, double V, double K)
    {
        public static Row operator +(Row a, Row b) => new(a.U + b.U, a.V + b.V, a.K + b.K);

        public static Row operator *(Row a, double factor) => new(a.U * factor, a.V * factor, a.K * factor);
    }
}
