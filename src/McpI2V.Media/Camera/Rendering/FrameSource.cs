using McpI2V.Media.Camera.Sampling;
using McpI2V.Media.Ffmpeg;
using McpI2V.Media.Formats;
using McpI2V.Media.Geometry;

namespace McpI2V.Media.Camera.Rendering;

/// <summary>Draws the frames of a shot, one after another.</summary>
internal sealed class FrameSource
{
    private readonly CameraShot shot;
    private readonly MovingLayer first;
    private readonly MovingLayer? last;
    private readonly (Layer Layer, PixelSize Size)? cutOut;
    private readonly Frame other;
    private readonly byte[] alpha;
    private readonly Exposure? exposure;

    private FrameSource(CameraShot shot, MovingLayer first, MovingLayer? last, (Layer, PixelSize)? cutOut)
    {
        (this.shot, this.first, this.last, this.cutOut) = (shot, first, last, cutOut);
        other = last is null && cutOut is null ? new Frame(default) : new Frame(shot.Size);
        alpha = cutOut is null ? [] : new byte[shot.Size.Pixels];
        exposure = shot.ShutterDegrees > 0 ? new Exposure(shot.Size) : null;
    }

    public static async Task<FrameSource> OpenAsync(
        FfmpegRunner ffmpeg,
        CameraShot shot,
        MediaWork work,
        CancellationToken cancellationToken)
    {
        var first = await MovingLayer.OpenAsync(ffmpeg, shot, shot.Still, work, cancellationToken);
        var last = shot.EndStill is { } end ? await MovingLayer.OpenAsync(ffmpeg, shot, end, work, cancellationToken) : null;
        return new FrameSource(
            shot,
            first,
            last,
            shot.CutOut is { } front ? await OpenCutOutAsync(ffmpeg, shot, front, work, cancellationToken) : null);
    }

    /// <summary>Draws one frame.</summary>
    public void Draw(int number, Frame target)
    {
        var frames = shot.Path.Loops ? shot.Frames : Math.Max(1, shot.Frames - 1);
        var time = (double)number / frames;
        // The shutter opens half of its time before the frame's own moment.
        var open = shot.ShutterDegrees / 360 / frames;
        var moments = exposure is null ? 1 : Exposure.Moments(first.Pixels(time - (open / 2), time + (open / 2)));
        if (moments == 1)
        {
            Draw(time, target);
            return;
        }
        exposure!.Expose(moments, (part, frame) => Draw(Within(time + (open * (part - 0.5))), frame), target);
    }

    private double Within(double time) => shot.Path.Loops ? time : Math.Clamp(time, 0, 1);

    private void Draw(double time, Frame target)
    {
        var share = last is null ? 0 : Crossfade(time);
        if (share < 1)
        {
            first.Draw(time, target);
        }
        if (last is not null && share >= 1)
        {
            last.Draw(time, target);
        }
        else if (last is not null && share > 0)
        {
            last.Draw(time, other);
            target.Blend(other, share);
        }
        if (cutOut is { } front)
        {
            var homography = CutOutView(shot.CutOut!, front.Size, shot.Path.At(time, shot.Duration));
            front.Layer.Draw(homography, other);
            front.Layer.DrawAlpha(homography, alpha);
            target.Cover(other, alpha);
        }
    }

    // The first quarter is the first still alone and the last quarter the last, so that both frames are met exactly.
    private double Crossfade(double time)
    {
        var p = shot.Path.Loops ? 1 - Math.Abs((2 * time) - 1) : time;
        var x = Math.Clamp((p - 0.25) * 2, 0, 1);
        return x * x * (3 - (2 * x));
    }

    private static async Task<(Layer, PixelSize)> OpenCutOutAsync(
        FfmpegRunner ffmpeg,
        CameraShot shot,
        CutOut front,
        MediaWork work,
        CancellationToken cancellationToken)
    {
        var height = Math.Max(2, front.Height * shot.Size.Height);
        var size = new PixelSize((int)(height * front.Still.Size.Ratio), (int)height).Even();
        var prepared = await PreparedStill.CutOutAsync(ffmpeg, front.Still, size, work, cancellationToken);
        return (new Layer(prepared, shot.Size), new PixelSize(prepared.Luma.Width, prepared.Luma.Height));
    }

    private Homography CutOutView(CutOut front, PixelSize size, CameraPose pose)
    {
        var zoom = 1 + (0.03 * ((pose.ShiftX * front.Speed) + 0.5));
        var u = (front.CentreX - (pose.ShiftX * front.Speed)) * shot.Size.Width;
        var v = (front.CentreY - (pose.ShiftY * front.Speed)) * shot.Size.Height;
        return new Homography(1 / zoom, 0, (size.Width / 2.0) - (u / zoom), 0, 1 / zoom, (size.Height / 2.0) - (v / zoom), 0, 0, 1);
    }

    private sealed record MovingLayer(
        Layer Layer,
        PixelSize Size,
        CameraPath Path,
        TimeSpan Length,
        Framing Framing,
        double ScaleX,
        double ScaleY)
    {
        // Upright views carry an anti-aliasing kernel up to 2:1; turned ones do not, so they get a source of their own size.
        public static async Task<MovingLayer> OpenAsync(
            FfmpegRunner ffmpeg,
            CameraShot shot,
            StillSource still,
            MediaWork work,
            CancellationToken cancellationToken)
        {
            var path = shot.PathOver(still.Size);
            var framing = Framing.FromPath(still.Size, shot.Size, path, shot.Duration, shot.Focus);
            var (closest, widest) = framing.Density(path, shot.Duration);
            var isUpright = path.At(0.31, shot.Duration).IsUpright;
            var density = isUpright ? Math.Max(closest, widest / 2) : Math.Sqrt(closest * widest);
            var scale = Math.Min(1, 1 / density);
            var size = new PixelSize((int)Math.Round(still.Size.Width * scale), (int)Math.Round(still.Size.Height * scale)).Even();
            var prepared = await PreparedStill.OpaqueAsync(ffmpeg, still, size, shot.Backdrop, work, cancellationToken);
            return new MovingLayer(
                new Layer(prepared, shot.Size),
                shot.Size,
                path,
                shot.Duration,
                framing,
                (double)size.Width / still.Size.Width,
                (double)size.Height / still.Size.Height);
        }

        public void Draw(double time, Frame target) => Layer.Draw(View(time), target);

        /// <summary>How far the corners of the frame go between two moments, in pixels of the frame.</summary>
        public double Pixels(double from, double to)
        {
            var (before, after) = (View(from), View(to));
            double most = 0;
            foreach (var (u, v) in new[] { (0, 0), (Size.Width, 0), (0, Size.Height), (Size.Width, Size.Height) })
            {
                var (x, y) = before.Map(u, v);
                var (toX, toY) = after.Map(u, v);
                most = Math.Max(most, Math.Max(Math.Abs(toX - x), Math.Abs(toY - y)));
            }
            return most / (before.Map(Size.Width, 0).X - before.Map(0, 0).X) * Size.Width;
        }

        private Homography View(double time) => Framing.See(Path.At(time, Length)).OnScaled(ScaleX, ScaleY);
    }
}
