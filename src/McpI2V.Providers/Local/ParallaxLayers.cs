using McpI2V.Engine;
using McpI2V.Media;
using McpI2V.Media.Camera;
using McpI2V.Media.CutOuts;
using McpI2V.Media.Formats;
using McpI2V.Media.Geometry;
using McpI2V.Media.Probing;
using McpI2V.Media.Stills;

namespace McpI2V.Providers.Local;

/// <summary>Makes two layers of what is one: a photo before a plain backdrop, or a cut-out before a backdrop that is painted.</summary>
public sealed class ParallaxLayers(StillComposer composer, CutOutMaker cutter)
{
    // What a background needs around the frame to travel.
    private const double Wider = 1.3;

    // A cut-out is drawn that much larger half way (FrameSource).
    private const double Nearer = 1.015;

    /// <summary>The shot with both.</summary>
    /// <exception cref="I2VException">The photo shows no plain backdrop, or nothing before it.</exception>
    public async Task<CameraShot> MakeAsync(ParallaxPlan plan, MediaWork work, CancellationToken cancellationToken)
    {
        if (plan.Painted is { } backdrop)
        {
            return await PaintAsync(plan.Shot, backdrop, work, cancellationToken);
        }
        if (plan.Split is not { } split)
        {
            return plan.Shot;
        }
        try
        {
            return await SplitAsync(plan.Shot, split, work, cancellationToken);
        }
        catch (MediaException e) when (e.Fault == MediaFault.OutOfRange)
        {
            throw I2VException.Invalid("camera.move", "parallax needs two layers, and the photo can't be parted into product and " +
                $"background: {e.Message}. Or pass a background as image and a transparent PNG of the product in references; for one " +
                "picture as it is use truck_left, truck_right or push_in. Nothing was spent.");
        }
    }

    private async Task<CameraShot> PaintAsync(CameraShot shot, Backdrop backdrop, MediaWork work, CancellationToken cancellationToken)
    {
        var size = new PixelSize((int)(shot.Size.Width * Wider), (int)(shot.Size.Height * Wider)).Even();
        var path = work.At("backdrop.jpg");
        await composer.RenderAsync(new StillComposition { Size = size, Backdrop = backdrop }, path, work, cancellationToken);
        return shot with { Still = new StillSource(path, MediaFormat.Jpeg, size, 1, HasAlpha: false) };
    }

    // Half way both layers lie as they lay in the photograph.
    private async Task<CameraShot> SplitAsync(CameraShot shot, CutOut split, MediaWork work, CancellationToken cancellationToken)
    {
        var (front, behind) = (work.At("front.png"), work.At("behind.png"));
        var cut = await cutter.MakeLayersAsync(shot.Still, front, behind, work, cancellationToken);
        var size = MediaProbe.SizeOf(behind, MediaFormat.Png);
        var view = Framing.FromPath(size, shot.Size, shot.Path, shot.Duration, shot.Focus).See(new CameraPose(Zoom: 1));
        double Across(double share) => ((share * size.Width) - view.C) / view.A / shot.Size.Width;
        double Down(double share) => ((share * size.Height) - view.F) / view.E / shot.Size.Height;
        var (top, bottom) = (Down(cut.Area.Top), Down(cut.Area.Bottom));
        return shot with
        {
            Still = new StillSource(behind, MediaFormat.Png, size, 1, HasAlpha: false),
            CutOut = split with
            {
                Still = new StillSource(front, MediaFormat.Png, cut.Size, 1, HasAlpha: true),
                Height = (bottom - top) / Nearer,
                CentreX = (Across(cut.Area.Left) + Across(cut.Area.Right)) / 2,
                CentreY = (top + bottom) / 2,
            },
        };
    }
}
