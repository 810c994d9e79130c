using McpI2V.Media.Ffmpeg;
using McpI2V.Media.Text.Placing;

namespace McpI2V.Media.Stills;

/// <summary>Finds what a crop of a photo keeps where nobody has said it.</summary>
internal static class StillFocus
{
    /// <summary>Where its subject is, as a crop takes it; what was said stays.</summary>
    public static async Task<(double? X, double? Y)> FindAsync(
        FfmpegRunner ffmpeg,
        StillComposition composition,
        MediaWork work,
        CancellationToken cancellationToken)
    {
        if (composition is not { Picture: { } picture, Fit: CanvasFit.Crop, Focus: { X: null, Y: null } })
        {
            return composition.Focus;
        }
        var (was, becomes) = (picture.Size.Ratio, composition.Size.Ratio);
        var (width, height) = (Math.Min(1, becomes / was) / composition.Zoom, Math.Min(1, was / becomes) / composition.Zoom);
        if (width > 0.99 && height > 0.99)
        {
            return composition.Focus;
        }
        var size = SmallFrames.SizeFor(picture.Size);
        var command = new FfmpegCommand();
        command.File(picture.Path, picture.Format);
        command
            .Graph($"[0:v]{StillGraph.Upright(picture.Orientation)}{SmallFrames.OfStill(size)}[o]")
            .Output("-map", "[o]", "-frames:v", "1", "-f", "rawvideo");
        var seen = new SmallFrames(size, 1, await ffmpeg.ReadAsync(command, work, cancellationToken));
        return SubjectMap.Of(seen, 0, 1).Focus(width, height);
    }
}
