using McpI2V.Media.Clips;
using McpI2V.Media.Ffmpeg;
using McpI2V.Media.Formats;
using McpI2V.Media.Geometry;
using McpI2V.Media.Grading;

namespace McpI2V.Media.Previews;

/// <summary>Makes the small JPEGs that a model looks at: a still, moments of a clip side by side, a sheet of many.</summary>
public sealed class PreviewRenderer(FfmpegRunner ffmpeg)
{
    /// <summary>The longest side of a preview in pixels.</summary>
    public const int LongestSide = 768;

    private const string AsJpeg = "scale=out_color_matrix=bt601:out_range=pc,format=yuvj420p";
    private static readonly string[] Qualities = ["4", "9", "16", "28"];

    /// <summary>A still, or the first, middle and last moment of a clip, and what it looks like.</summary>
    /// <param name="source">What to show.</param>
    /// <param name="maxBytes">The most bytes the JPEG may have; quality and then size give way.</param>
    /// <param name="work">Where to work.</param>
    /// <param name="cancellationToken">Ends ffmpeg.</param>
    public async Task<Preview> OfAssetAsync(PreviewSource source, int maxBytes, MediaWork work, CancellationToken cancellationToken)
    {
        var moments = source.Duration == TimeSpan.Zero ? [TimeSpan.Zero] : Moments(source);
        var cells = work.At("look.rgb");
        var jpeg = await FittingAsync(
            longest =>
            {
                var (command, label) = SideBySide(source, moments, longest, cells, work);
                File.Delete(cells);
                return (command, label);
            },
            maxBytes,
            work,
            cancellationToken);
        return Look.FromBytes(await File.ReadAllBytesAsync(cells, cancellationToken)) is { } look
            ? new Preview(jpeg, look)
            : throw new MediaException(MediaFault.ToolFailed, "the preview could not be measured. ./i2v doctor tells whether ffmpeg " +
                "works.");
    }

    /// <summary>A part of a picture over its whole width.</summary>
    /// <param name="source">A still.</param>
    /// <param name="top">Where the part begins, in pixels.</param>
    /// <param name="height">How high it is, in pixels.</param>
    /// <param name="maxBytes">The most bytes the JPEG may have.</param>
    /// <param name="work">Where to work.</param>
    /// <param name="cancellationToken">Ends ffmpeg.</param>
    public Task<byte[]> BandAsync(
        PreviewSource source,
        int top,
        int height,
        int maxBytes,
        MediaWork work,
        CancellationToken cancellationToken) =>
        FittingAsync(
            longest =>
            {
                var size = new PixelSize(source.Size.Width, height).Within(longest);
                var command = new FfmpegCommand();
                var graph = new RecipeGraph(command, work);
                var band = graph.Chain(
                    $"{Open(command, source, TimeSpan.Zero)}:v:0",
                    $"crop={source.Size.Width}:{height}:0:{top},scale={size.Width}:{size.Height}:flags=area,setsar=1,format=yuv444p");
                return Finish(command, graph, band);
            },
            maxBytes,
            work,
            cancellationToken);

    // The beginning, the middle and the end of what is to be seen: what is still black shows nothing.
    private static TimeSpan[] Moments(PreviewSource source)
    {
        var end = source.Duration - TimeSpan.FromMilliseconds(Math.Min(120, source.Duration.TotalMilliseconds / 2));
        var (first, last) = (source.FadeIn, end - source.FadeOut);
        (first, last) = first < last ? (first, last) : (TimeSpan.Zero, end);
        return [first, first + ((last - first) / 2), last];
    }

    /// <summary>Moments of an asset side by side.</summary>
    public Task<byte[]> MomentsAsync(
        PreviewSource source,
        IReadOnlyList<TimeSpan> moments,
        int maxBytes,
        MediaWork work,
        CancellationToken cancellationToken) =>
        FittingAsync(
            longest => SideBySide(source, moments, longest, cells: null, work),
            maxBytes,
            work,
            cancellationToken);

    // The same picture twice where its cells are wanted: as it is shown, and as coarsely as a look is kept.
    private static (FfmpegCommand Command, string Label) SideBySide(
        PreviewSource source,
        IReadOnlyList<TimeSpan> moments,
        int longest,
        string? cells,
        MediaWork work)
    {
        var cell = Cell(source.Size, moments.Count, longest);
        var command = new FfmpegCommand();
        var graph = new RecipeGraph(command, work);
        // Once for all moments: an HDR clip's holds a table.
        var upright = Upright(source, work);
        var labels = moments
            .Select(moment => graph.Chain(
                $"{Open(command, source, moment)}:v:0",
                $"{upright}scale={cell.Width}:{cell.Height}:flags=area+accurate_rnd:{Matrix(source)},setsar=1," +
                    "format=yuvj444p"))
            .ToList();
        var row = labels.Count == 1 ? labels[0] : graph.Chain(labels, $"hstack=inputs={labels.Count}");
        if (cells is null)
        {
            return Finish(command, graph, row);
        }
        var (shown, seen) = graph.Twice(graph.Chain(row, AsJpeg));
        var coarse = graph.Chain(
            seen,
            $"scale={moments.Count * Look.Side}:{Look.Side}:flags=area:in_color_matrix=bt601:in_range=pc,format=rgb24");
        graph.WriteTo(command);
        command.Output("-map", $"[{coarse}]", "-frames:v", "1", "-f", "rawvideo", "file:" + cells);
        return (command, shown);
    }

    /// <summary>One moment of an asset in a cell of a fixed size, for a contact sheet.</summary>
    public async Task CellAsync(
        PreviewSource source,
        PixelSize cell,
        string outputPath,
        MediaWork work,
        CancellationToken cancellationToken)
    {
        var command = new FfmpegCommand();
        var index = Open(command, source, source.Duration / 2);
        command.Graph(
            $"[{index}:v:0]{Upright(source, work)}scale={cell.Width}:{cell.Height}:" +
                $"force_original_aspect_ratio=decrease:flags=area+accurate_rnd:{Matrix(source)},format=yuvj444p," +
                $"pad={cell.Width}:{cell.Height}:(ow-iw)/2:(oh-ih)/2:color=0x202020," +
                "setsar=1,format=yuvj420p[o]");
        command.Output("-map", "[o]", "-frames:v", "1", "-q:v", "3", "-map_metadata", "-1", "-f", "image2", "-update", "1");
        await ffmpeg.RenderStillAsync(command, outputPath, work, cancellationToken);
    }

    private async Task<byte[]> FittingAsync(
        Func<int, (FfmpegCommand Command, string Label)> compose,
        int maxBytes,
        MediaWork work,
        CancellationToken cancellationToken)
    {
        byte[] jpeg = [];
        foreach (var longest in new[] { LongestSide, LongestSide / 2, LongestSide / 4 })
        {
            foreach (var quality in Qualities)
            {
                var (command, label) = compose(longest);
                command.Output("-map", $"[{label}]", "-frames:v", "1", "-q:v", quality, "-map_metadata", "-1", "-f", "mjpeg");
                jpeg = await ffmpeg.ReadAsync(command, work, cancellationToken);
                if (jpeg.Length > 0 && jpeg.Length <= maxBytes)
                {
                    return jpeg;
                }
            }
        }
        return jpeg.Length > 0 && jpeg.Length <= maxBytes
            ? jpeg
            : throw new MediaException(MediaFault.ToolFailed, "no preview could be made. ./i2v doctor tells whether ffmpeg works.");
    }

    private static (FfmpegCommand, string) Finish(FfmpegCommand command, RecipeGraph graph, string label)
    {
        var finished = graph.Chain(label, AsJpeg);
        graph.WriteTo(command);
        return (command, finished);
    }

    private static string Upright(PreviewSource source, MediaWork work) =>
        GradeFilter.ToStandard(source.Tags, work) + StillGraph.Upright(source.Orientation);

    // Said while frames still know what they are: several beside each other do not, and a JPEG can't say it.
    private static string Matrix(PreviewSource source) =>
        (source.Duration > TimeSpan.Zero ? "in_color_matrix=bt709:in_range=tv:" : "") + "out_color_matrix=bt601:out_range=pc";

    private static int Open(FfmpegCommand command, PreviewSource source, TimeSpan moment) => moment > TimeSpan.Zero
        ? command.File(source.Path, source.Format, "-ss", RecipeGraph.Seconds(moment))
        : command.File(source.Path, source.Format);

    private static PixelSize Cell(PixelSize size, int count, int longest)
    {
        var row = new PixelSize(size.Width * count, size.Height).Within(longest);
        return new PixelSize(Math.Max(2, row.Width / count / 2 * 2), Math.Max(2, row.Height / 2 * 2));
    }
}
