using McpI2V.Media.Ffmpeg;
using McpI2V.Media.Formats;
using McpI2V.Media.Geometry;
using McpI2V.Media.Text;
using McpI2V.Media.Text.Placing;

namespace McpI2V.Media.Stills;

/// <summary>Finds what a crop of a photo keeps where nobody has said it.</summary>
public sealed class StillFocus(FfmpegRunner ffmpeg)
{
    /// <summary>Where the window that a crop keeps is best put, around the photo's subject.</summary>
    /// <param name="picture">The photo.</param>
    /// <param name="frame">The size that it is cropped for.</param>
    /// <param name="zoom">How much closer than the ratio alone asks for, from 1.</param>
    /// <param name="title">Where a title will stand, which the subject should leave free; null: nowhere.</param>
    /// <param name="work">Where the looking works.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>The window; null if nothing is cut off.</returns>
    /// <exception cref="MediaException">It can't be decoded.</exception>
    public async Task<FocusWindow?> FindAsync(
        StillSource picture,
        PixelSize frame,
        double zoom,
        TextPosition? title,
        MediaWork work,
        CancellationToken cancellationToken)
    {
        var (was, becomes) = (picture.Size.Ratio, frame.Ratio);
        var (width, height) = (Math.Min(1, becomes / was) / zoom, Math.Min(1, was / becomes) / zoom);
        if (width > 0.99 && height > 0.99)
        {
            return null;
        }
        var seen = await SeeAsync(picture, work, cancellationToken);
        var (x, y) = SubjectMap.Of(seen, 0, 1).Focus(width, height, title);
        return new FocusWindow(x, y, width, height);
    }

    /// <summary>True if the sides from which a photo is extended are calm: a wall, a floor and the line between them.</summary>
    /// <param name="picture">The photo.</param>
    /// <param name="isWide">True if it is extended upwards and downwards, else to the left and right.</param>
    /// <param name="work">Where the looking works.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="MediaException">It can't be decoded.</exception>
    public async Task<bool> HasCalmSidesAsync(StillSource picture, bool isWide, MediaWork work, CancellationToken cancellationToken)
    {
        var seen = await SeeAsync(picture, work, cancellationToken);
        var (width, height) = (seen.Size.Width, seen.Size.Height);
        return isWide
            ? IsCalm(seen.Picture(0), 0, 3, width) && IsCalm(seen.Picture(0), (height - 1) * width * 3, 3, width)
            : IsCalm(seen.Picture(0), 0, width * 3, height) && IsCalm(seen.Picture(0), (width - 1) * 3, width * 3, height);
    }

    // Where most of its points are like the one before; the few others are the lines that go on.
    private static bool IsCalm(ReadOnlySpan<byte> rgb, int first, int step, int count)
    {
        const int Unlike = 4;
        var unlike = 0;
        for (var at = first + step; at < first + (count * step); at += step)
        {
            unlike += Math.Abs(rgb[at] - rgb[at - step]) + Math.Abs(rgb[at + 1] - rgb[at + 1 - step])
                + Math.Abs(rgb[at + 2] - rgb[at + 2 - step]) > 3 * Unlike ? 1 : 0;
        }
        return unlike < count / 5;
    }

    private async Task<SmallFrames> SeeAsync(StillSource picture, MediaWork work, CancellationToken cancellationToken)
    {
        var size = SmallFrames.SizeFor(picture.Size);
        var command = new FfmpegCommand();
        command.File(picture.Path, picture.Format);
        command
            .Graph($"[0:v]{StillGraph.Upright(picture.Orientation)}{SmallFrames.OfStill(size)}[o]")
            .Output("-map", "[o]", "-frames:v", "1", "-f", "rawvideo");
        return new SmallFrames(size, 1, await ffmpeg.ReadAsync(command, work, cancellationToken));
    }
}
