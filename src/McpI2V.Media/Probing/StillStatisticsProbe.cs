using McpI2V.Media.Colours;
using McpI2V.Media.Ffmpeg;
using McpI2V.Media.Formats;
using McpI2V.Media.Geometry;

namespace McpI2V.Media.Probing;

/// <summary>Decodes a still once, small, which proves that it decodes, and measures how it looks.</summary>
internal static class StillStatisticsProbe
{
    private const int LongestSide = 1024;
    private const int Tile = 64;

    public static async Task<(StillStatistics Look, bool HasAlpha)> MeasureAsync(
        FfmpegRunner ffmpeg,
        string path,
        MediaFormat format,
        PixelSize size,
        MediaWork work,
        CancellationToken cancellationToken)
    {
        // Orientation does not matter to the measurements, so the picture is taken as it is stored.
        var small = size.Within(LongestSide);
        var command = new FfmpegCommand();
        // ffmpeg fills the missing part of a damaged JPEG with grey unless it is told not to; other decoders take harmless oddities for
        // errors then.
        command.File(path, format, format == MediaFormat.Jpeg ? ["-xerror", "-err_detect", "explode"] : ["-xerror"]);
        command
            .Graph($"[0:v]scale={small.Width}:{small.Height}:flags=area,format=yuva444p[o]")
            .Output("-map", "[o]", "-frames:v", "1", "-f", "rawvideo");
        var planes = await ffmpeg.ReadAsync(command, work, cancellationToken);
        var pixels = (int)small.Pixels;
        if (planes.Length < pixels * 4)
        {
            throw new MediaException(MediaFault.Unreadable, "it can't be decoded whole; save it again");
        }
        var luma = planes.AsSpan(0, pixels);
        var alpha = planes.AsSpan(pixels * 3, pixels);
        var quality = format == MediaFormat.Jpeg ? JpegQuality.FromFile(path) : 100;
        var look = new StillStatistics(Sharpness(luma, small), Mean(luma), Clipped(luma), quality)
        {
            Colours = DominantColours.Of(DominantColours.Visible(planes, pixels)),
        };
        return (look, alpha.IndexOfAnyInRange((byte)0, (byte)250) >= 0);
    }

    private static double Mean(ReadOnlySpan<byte> luma)
    {
        long sum = 0;
        foreach (var value in luma)
        {
            sum += value;
        }
        return (double)sum / luma.Length;
    }

    private static double Clipped(ReadOnlySpan<byte> luma)
    {
        var clipped = 0;
        foreach (var value in luma)
        {
            clipped += value is <= 17 or >= 234 ? 1 : 0;
        }
        return (double)clipped / luma.Length;
    }

    // A product on a plain backdrop is mostly flat and yet sharp, so the sharpest tiles speak for the picture.
    private static double Sharpness(ReadOnlySpan<byte> luma, PixelSize size)
    {
        List<double> tiles = [];
        for (var y = 1; y + 1 < size.Height; y += Tile)
        {
            for (var x = 1; x + 1 < size.Width; x += Tile)
            {
                tiles.Add(LaplacianVariance(luma, size, x, y));
            }
        }
        tiles.Sort();
        return tiles.Skip(tiles.Count * 9 / 10).DefaultIfEmpty(0).Average();
    }

    private static double LaplacianVariance(ReadOnlySpan<byte> luma, PixelSize size, int left, int top)
    {
        double sum = 0, squares = 0;
        var count = 0;
        for (var y = top; y < Math.Min(top + Tile, size.Height - 1); y++)
        {
            for (var x = left; x < Math.Min(left + Tile, size.Width - 1); x++)
            {
                var at = (y * size.Width) + x;
                var value = (4 * luma[at]) - luma[at - 1] - luma[at + 1] - luma[at - size.Width] - luma[at + size.Width];
                sum += value;
                squares += (double)value * value;
                count++;
            }
        }
        return count == 0 ? 0 : (squares / count) - (sum / count * (sum / count));
    }
}
