using McpI2V.Media.Camera.Sampling;
using McpI2V.Media.Ffmpeg;
using McpI2V.Media.Formats;
using McpI2V.Media.Geometry;

namespace McpI2V.Media.Camera.Rendering;

/// <summary>A still under a moving camera.</summary>
internal sealed class MovingLayer
{
    private readonly Layer layer;
    private readonly CameraShot shot;
    private readonly CameraPath path;
    private readonly Framing framing;
    private readonly double scaleX;
    private readonly double scaleY;
    private readonly PixelSize decoded;

    private MovingLayer(CameraShot shot, CameraPath path, Framing framing, PixelSize still, PixelSize decoded, PreparedStill prepared)
    {
        (this.shot, this.path, this.framing, this.decoded) = (shot, path, framing, decoded);
        (scaleX, scaleY) = ((double)decoded.Width / still.Width, (double)decoded.Height / still.Height);
        layer = new Layer(prepared, shot.Size);
    }

    /// <summary>Decodes a still as finely as a path over it needs.</summary>
    public static async Task<MovingLayer> OpenAsync(
        FfmpegRunner ffmpeg,
        CameraShot shot,
        StillSource still,
        CameraPath path,
        MediaWork work,
        CancellationToken cancellationToken)
    {
        var framing = Framing.FromPath(still.Size, shot.Size, path, shot.Duration, shot.Focus);
        var (closest, widest) = framing.Density(path, shot.Duration);
        // Upright views carry an anti-aliasing kernel up to 2:1; turned ones do not, so they get a source of their own size. Of two
        // matched stills each is out of sight where it would be too fine.
        var density = path.Travel is { LooksPast: true }
            ? closest
            : path.At(0.31, shot.Duration).IsUpright ? Math.Max(closest, widest / 2) : Math.Sqrt(closest * widest);
        var scale = Math.Min(1, 1 / density);
        var size = new PixelSize((int)Math.Round(still.Size.Width * scale), (int)Math.Round(still.Size.Height * scale)).Even();
        var prepared = await PreparedStill.OpaqueAsync(ffmpeg, still, size, shot.Backdrop, work, cancellationToken);
        return new MovingLayer(shot, path, framing, still.Size, size, prepared);
    }

    /// <summary>Draws the frame of a moment, 0 to 1.</summary>
    public void Draw(double time, Frame target) => layer.Draw(View(time), target);

    /// <summary>How near the camera is, against the still's whole.</summary>
    public double Zoom(double time) => path.At(time, shot.Duration).Zoom;

    /// <summary>Where the edges of the still are in the frame of a moment, in its pixels.</summary>
    public (double Left, double Top, double Right, double Bottom) Seen(double time)
    {
        var view = View(time);
        return (-view.C / view.A, -view.F / view.E, (decoded.Width - view.C) / view.A, (decoded.Height - view.F) / view.E);
    }

    /// <summary>How far the corners of the frame go between two moments, in pixels of the frame.</summary>
    public double Pixels(double from, double to)
    {
        var (before, after, size) = (View(from), View(to), shot.Size);
        double most = 0;
        foreach (var (u, v) in new[] { (0, 0), (size.Width, 0), (0, size.Height), (size.Width, size.Height) })
        {
            var (x, y) = before.Map(u, v);
            var (toX, toY) = after.Map(u, v);
            most = Math.Max(most, Math.Max(Math.Abs(toX - x), Math.Abs(toY - y)));
        }
        return most / (before.Map(size.Width, 0).X - before.Map(0, 0).X) * size.Width;
    }

    private Homography View(double time) => framing.See(path.At(time, shot.Duration)).OnScaled(scaleX, scaleY);
}
