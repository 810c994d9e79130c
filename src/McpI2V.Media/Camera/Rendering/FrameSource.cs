using McpI2V.Media.Camera.Matching;
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
    private readonly IStillPair? pair;
    private readonly (Layer Layer, PixelSize Size)? cutOut;
    private readonly Frame other;
    private readonly byte[] alpha;
    private readonly Exposure? exposure;

    private FrameSource(CameraShot shot, MovingLayer first, IStillPair? pair, (Layer, PixelSize)? cutOut)
    {
        (this.shot, this.first, this.pair, this.cutOut) = (shot, first, pair, cutOut);
        other = cutOut is null ? new Frame(default) : new Frame(shot.Size);
        alpha = cutOut is null ? [] : new byte[shot.Size.Pixels];
        exposure = shot.ShutterDegrees > 0 ? new Exposure(shot.Size) : null;
    }

    public static async Task<FrameSource> OpenAsync(
        FfmpegRunner ffmpeg,
        CameraShot shot,
        MediaWork work,
        CancellationToken cancellationToken)
    {
        (Layer, PixelSize)? front = shot.CutOut is { } cutOut
            ? await OpenCutOutAsync(ffmpeg, shot, cutOut, work, cancellationToken)
            : null;
        if (shot.EndStill is not { } end)
        {
            return new FrameSource(shot, await OpenAsync(shot.Still, shot.PathOver(shot.Still.Size)), null, front);
        }
        if (await MatchAsync(ffmpeg, shot, end, work, cancellationToken) is { } match)
        {
            var (over, overLast) = Travel.Over(shot, end.Size, match);
            var matched = await OpenAsync(shot.Still, shot.Path with { Travel = over });
            var matchedLast = await OpenAsync(end, shot.Path with { Travel = overLast });
            var both = new MatchedPair(shot, matched, matchedLast, match.IsOneScene);
            return new FrameSource(shot, matched, both, front) { Ending = StillEnding.Matched };
        }
        var first = await OpenAsync(shot.Still, shot.PathOver(shot.Still.Size));
        var last = await OpenAsync(end, shot.PathOver(end.Size));
        return new FrameSource(shot, first, new PushedPair(shot, first, last), front) { Ending = StillEnding.Whipped };

        Task<MovingLayer> OpenAsync(StillSource still, CameraPath path) =>
            MovingLayer.OpenAsync(ffmpeg, shot, still, path, work, cancellationToken);
    }

    /// <summary>How it comes from the first still to the last; null: there is no last.</summary>
    public StillEnding? Ending { get; private init; }

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
        if (pair is null)
        {
            first.Draw(time, target);
        }
        else
        {
            pair.Draw(time, target);
        }
        if (cutOut is { } front)
        {
            var homography = CutOutView(shot.CutOut!, front.Size, shot.Path.At(time, shot.Duration));
            front.Layer.Draw(homography, other);
            front.Layer.DrawAlpha(homography, alpha);
            target.Cover(other, alpha);
        }
    }

    // A move that turns has a path of its own, and a camera that goes from the one frame to the other would leave it.
    private static async Task<StillMatch?> MatchAsync(
        FfmpegRunner ffmpeg,
        CameraShot shot,
        StillSource end,
        MediaWork work,
        CancellationToken cancellationToken)
    {
        if (!CameraMoves.Of(shot.Path.Move).Travels && shot.Path.Move != CameraMove.LockedOff)
        {
            return null;
        }
        return StillMatch.Of(await SmallAsync(shot.Still), await SmallAsync(end));

        async Task<Plane> SmallAsync(StillSource still) => (await PreparedStill.OpaqueAsync(
            ffmpeg,
            still,
            still.Size.Within(StillMatch.LongestSide).Even(),
            shot.Backdrop,
            work,
            cancellationToken)).Luma;
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
        var prepared = await PreparedStill.CutOutAsync(ffmpeg, front.Still, size, front.Shadow, work, cancellationToken);
        return (new Layer(prepared, shot.Size), new PixelSize(prepared.Luma.Width, prepared.Luma.Height));
    }

    private Homography CutOutView(CutOut front, PixelSize size, CameraPose pose)
    {
        var zoom = 1 + (0.03 * ((pose.ShiftX * front.Speed) + 0.5));
        var u = (front.CentreX - (pose.ShiftX * front.Speed)) * shot.Size.Width;
        var v = (front.CentreY - (pose.ShiftY * front.Speed)) * shot.Size.Height;
        return new Homography(1 / zoom, 0, (size.Width / 2.0) - (u / zoom), 0, 1 / zoom, (size.Height / 2.0) - (v / zoom), 0, 0, 1);
    }
}
