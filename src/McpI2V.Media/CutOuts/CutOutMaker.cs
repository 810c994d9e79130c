using McpI2V.Media.Ffmpeg;
using McpI2V.Media.Formats;
using McpI2V.Media.Geometry;

namespace McpI2V.Media.CutOuts;

/// <summary>Cuts a subject out of a photograph before a plain backdrop, without a model.</summary>
public sealed class CutOutMaker(FfmpegRunner ffmpeg)
{
    private const int LongestSide = 2400;
    private const int SmallestSide = 64;

    /// <summary>Writes the subject as a PNG with transparency.</summary>
    /// <exception cref="MediaException">The backdrop is not plain, nothing stands out from it or nothing of it is left
    /// (<see cref="MediaFault.OutOfRange"/>); or the picture can't be decoded.</exception>
    public async Task<CutOutResult> MakeAsync(StillSource still, string outputPath, MediaWork work, CancellationToken cancellationToken)
    {
        var photo = await DecodeAsync(still, work, cancellationToken);
        return await Task.Run(() => Make(photo, outputPath, behindPath: null), cancellationToken);
    }

    /// <summary>Writes the subject, and what would be seen were it not there: two layers of one photograph.</summary>
    /// <exception cref="MediaException">As <see cref="MakeAsync"/>.</exception>
    public async Task<CutOutResult> MakeLayersAsync(
        StillSource still,
        string outputPath,
        string behindPath,
        MediaWork work,
        CancellationToken cancellationToken)
    {
        var photo = await DecodeAsync(still, work, cancellationToken);
        return await Task.Run(() => Make(photo, outputPath, behindPath), cancellationToken);
    }

    private static CutOutResult Make(Photo photo, string outputPath, string? behindPath)
    {
        var backdrop = PlainBackdrop.Of(photo);
        var subject = SubjectMask.Of(photo, backdrop);
        var rgba = new EdgeMatte(photo, backdrop, subject).Cut();
        var (left, top, right, bottom) = Bounds(photo, rgba);
        var size = new PixelSize(right - left, bottom - top);
        PngFile.WriteRgba(outputPath, size.Width, size.Height, Trimmed(photo, rgba, left, top, size));
        if (behindPath is not null)
        {
            PngFile.WriteRgba(behindPath, photo.Width, photo.Height, BehindFill.Of(photo, backdrop, subject));
        }
        return new CutOutResult(
            size,
            new CutOutArea(
                (double)left / photo.Width,
                (double)top / photo.Height,
                (double)right / photo.Width,
                (double)bottom / photo.Height),
            BackdropEdge.Of(photo, backdrop, rgba),
            ShadowEdge.Of(photo, backdrop, rgba),
            [.. CutBy(photo, subject)]);
    }

    private async Task<Photo> DecodeAsync(StillSource still, MediaWork work, CancellationToken cancellationToken)
    {
        var size = still.Size.Within(LongestSide).Even();
        if (size.ShortSide < SmallestSide)
        {
            throw new MediaException(
                MediaFault.OutOfRange,
                $"the picture is {still.Size}; nothing smaller than {SmallestSide} pixels is cut out");
        }
        var command = new FfmpegCommand();
        command.File(still.Path, still.Format);
        command
            .Graph($"[0:v]{StillGraph.Upright(still.Orientation)}scale={size.Width}:{size.Height}:flags=lanczos+accurate_rnd," +
                "format=rgb24[o]")
            .Output("-map", "[o]", "-frames:v", "1", "-f", "rawvideo");
        var rgb = await ffmpeg.ReadAsync(command, work, cancellationToken);
        return rgb.Length >= size.Pixels * 3
            ? new Photo(size.Width, size.Height, rgb)
            : throw new MediaException(MediaFault.Unreadable, "the still could not be decoded whole");
    }

    private static (int Left, int Top, int Right, int Bottom) Bounds(Photo photo, byte[] rgba)
    {
        var (left, top, right, bottom) = (photo.Width, photo.Height, 0, 0);
        for (var at = 0; at < photo.Pixels; at++)
        {
            if (rgba[(4 * at) + 3] > 8)
            {
                var (x, y) = (at % photo.Width, at / photo.Width);
                (left, right) = (Math.Min(left, x), Math.Max(right, x + 1));
                (top, bottom) = (Math.Min(top, y), Math.Max(bottom, y + 1));
            }
        }
        var margin = Math.Max(4, Math.Max(photo.Width, photo.Height) / 100);
        (left, top) = (Math.Max(0, left - margin) / 2 * 2, Math.Max(0, top - margin) / 2 * 2);
        (right, bottom) = (Math.Min(photo.Width, right + margin), Math.Min(photo.Height, bottom + margin));
        return (left, top, right - ((right - left) % 2), bottom - ((bottom - top) % 2));
    }

    private static byte[] Trimmed(Photo photo, byte[] rgba, int left, int top, PixelSize size)
    {
        var trimmed = new byte[size.Pixels * 4];
        for (var y = 0; y < size.Height; y++)
        {
            rgba.AsSpan(((((top + y) * photo.Width) + left) * 4), size.Width * 4).CopyTo(trimmed.AsSpan(y * size.Width * 4));
        }
        return trimmed;
    }

    private static IEnumerable<string> CutBy(Photo photo, bool[] subject)
    {
        bool Any(int start, int step, int count) => Enumerable.Range(0, count).Count(i => subject[start + (i * step)]) > count / 50;
        if (Any(0, photo.Width, photo.Height))
        {
            yield return "left";
        }
        if (Any(photo.Width - 1, photo.Width, photo.Height))
        {
            yield return "right";
        }
        if (Any(0, 1, photo.Width))
        {
            yield return "top";
        }
        if (Any(photo.Pixels - photo.Width, 1, photo.Width))
        {
            yield return "bottom";
        }
    }
}
