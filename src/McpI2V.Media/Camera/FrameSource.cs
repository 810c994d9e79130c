using McpI2V.Media.Camera.Sampling;
using McpI2V.Media.Ffmpeg;
using McpI2V.Media.Formats;
using McpI2V.Media.Geometry;

namespace McpI2V.Media.Camera;

/// <summary>Draws the frames of a shot, one after another.</summary>
internal sealed class FrameSource
{
    private readonly CameraShot shot;
    private readonly MovingLayer first;
    private readonly MovingLayer? last;
    private readonly (Layer Layer, PixelSize Size)? cutOut;
    private readonly Frame other;
    private readonly byte[] alpha;

    private FrameSource(CameraShot shot, MovingLayer first, MovingLayer? last, (Layer, PixelSize)? cutOut)
    {
        (this.shot, this.first, this.last, this.cutOut) = (shot, first, last, cutOut);
        other = last is null && cutOut is null ? new Frame(default) : new Frame(shot.Size);
        alpha = cutOut is null ? [] : new byte[shot.Size.Pixels];
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
        var time = shot.Path.Loops ? (double)number / shot.Frames : (double)number / Math.Max(1, shot.Frames - 1);
        var pose = shot.Path.At(time, shot.Duration);
        var share = last is null ? 0 : Crossfade(time);
        if (share < 1)
        {
            first.Draw(pose, target);
        }
        if (last is not null && share >= 1)
        {
            last.Draw(pose, target);
        }
        else if (last is not null && share > 0)
        {
            last.Draw(pose, other);
            target.Blend(other, share);
        }
        if (cutOut is { } front)
        {
            var homography = CutOutView(shot.CutOut!, front.Size, pose);
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

    private sealed record MovingLayer(Layer Layer, Framing Framing, double ScaleX, double ScaleY)
    {
        // Upright views carry an anti-aliasing kernel up to 2:1; turned ones do not, so they get a source of their own size.
        public static async Task<MovingLayer> OpenAsync(
            FfmpegRunner ffmpeg,
            CameraShot shot,
            StillSource still,
            MediaWork work,
            CancellationToken cancellationToken)
        {
            var framing = Framing.FromPath(still.Size, shot.Size, shot.Path, shot.Duration, shot.Focus);
            var (closest, widest) = framing.Density(shot.Path, shot.Duration);
            var isUpright = shot.Path.At(0.31, shot.Duration).IsUpright;
            var density = isUpright ? Math.Max(closest, widest / 2) : Math.Sqrt(closest * widest);
            var scale = Math.Min(1, 1 / density);
            var size = new PixelSize((int)Math.Round(still.Size.Width * scale), (int)Math.Round(still.Size.Height * scale)).Even();
            var prepared = await PreparedStill.OpaqueAsync(ffmpeg, still, size, shot.Backdrop, work, cancellationToken);
            return new MovingLayer(
                new Layer(prepared, shot.Size),
                framing,
                (double)size.Width / still.Size.Width,
                (double)size.Height / still.Size.Height);
        }

        public void Draw(CameraPose pose, Frame target) => Layer.Draw(Framing.See(pose).OnScaled(ScaleX, ScaleY), target);
    }
}
