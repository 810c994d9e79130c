using System.Globalization;
using McpI2V.Media.Ffmpeg;
using McpI2V.Media.Geometry;

namespace McpI2V.Media.Previews;

/// <summary>One picture of many assets, each with its handle under it, so that a batch is judged at a glance.</summary>
public sealed class ContactSheet(FfmpegRunner ffmpeg, PreviewRenderer previews)
{
    private const int LabelHeight = 34;

    /// <summary>Renders a sheet to a JPEG file.</summary>
    /// <param name="entries">The assets and their labels, in reading order; 1 to 200.</param>
    /// <param name="outputPath">Where the sheet goes.</param>
    /// <param name="work">Where to work.</param>
    /// <param name="cancellationToken">Ends ffmpeg.</param>
    /// <returns>The sheet's size.</returns>
    public async Task<PixelSize> RenderAsync(
        IReadOnlyList<(PreviewSource Asset, string Label)> entries,
        string outputPath,
        MediaWork work,
        CancellationToken cancellationToken)
    {
        var columns = entries.Count <= 4
            ? entries.Count
            : entries.Count <= 12 ? Math.Min(6, (entries.Count + 1) / 2) : (int)Math.Ceiling(Math.Sqrt(entries.Count * 1.4));
        var rows = (entries.Count + columns - 1) / columns;
        var picture = CellFor(entries, columns);
        await Parallel.ForEachAsync(
            entries.Index(),
            new ParallelOptions { MaxDegreeOfParallelism = 2, CancellationToken = cancellationToken },
            async (entry, token) => await previews.CellAsync(
                entry.Item.Asset,
                picture,
                work.At($"cell-{entry.Index:000}.jpg"),
                work,
                token));

        var sheet = new PixelSize(columns * picture.Width, rows * (picture.Height + LabelHeight));
        var labels = SheetLabels.Compose(entries.Select(e => e.Label).ToList(), columns, picture, LabelHeight, sheet);
        await File.WriteAllTextAsync(work.At("labels.ass"), labels, cancellationToken);
        var command = new FfmpegCommand();
        // Relative to the work folder: the library's own path may hold a percent sign.
        command.Sequence("cell-%03d.jpg");
        var padded = $"pad=iw:ih+{LabelHeight.ToString(CultureInfo.InvariantCulture)}:0:0:color=0x202020";
        command.Graph(
            $"[0:v]{padded},tile={columns}x{rows}:color=0x202020,format=yuv444p,ass=f=labels.ass," +
                "scale=out_color_matrix=bt601:out_range=pc,format=yuvj420p[o]");
        command.Output("-map", "[o]", "-frames:v", "1", "-q:v", "3", "-map_metadata", "-1", "-f", "image2", "-update", "1");
        await ffmpeg.RenderStillAsync(command, outputPath, work, cancellationToken);
        return sheet;
    }

    private static PixelSize CellFor(IReadOnlyList<(PreviewSource Asset, string Label)> entries, int columns)
    {
        var ratio = Math.Clamp(entries.Average(e => e.Asset.Size.Ratio), 0.5, 1.8);
        var width = Math.Clamp(1536 / columns, 96, 360) / 2 * 2;
        return new PixelSize(width, (int)(width / ratio)).Even();
    }
}
