using System.Globalization;
using McpI2V.Media.Ffmpeg;
using McpI2V.Media.Geometry;

namespace McpI2V.Media.Previews;

/// <summary>A page of many assets, each with what it is under it, so that a batch is judged at a glance.</summary>
public sealed class ContactSheet(FfmpegRunner ffmpeg, PreviewRenderer previews)
{
    /// <summary>The most assets of one page.</summary>
    public const int PageLength = 24;

    private const int MostColumns = 4;

    // Two rows of upright cells with their labels are as high as a model sees at once.
    private const int LabelHeight = 42;

    // Four columns of 192 pixels fill the width at which a model looks at a picture.
    private const int WidestCell = 360;
    private const string Dark = "0x202020";

    /// <summary>Renders a page to a JPEG file.</summary>
    /// <param name="entries">The assets in reading order; 1 to <see cref="PageLength"/>.</param>
    /// <param name="outputPath">Where the page goes.</param>
    /// <param name="work">Where to work.</param>
    /// <param name="cancellationToken">Ends ffmpeg.</param>
    /// <returns>The page's size.</returns>
    public async Task<PixelSize> RenderAsync(
        IReadOnlyList<SheetEntry> entries,
        string outputPath,
        MediaWork work,
        CancellationToken cancellationToken)
    {
        var columns = Math.Min(entries.Count, MostColumns);
        var rows = RowsOf(entries.Count);
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
        var labels = SheetLabels.Compose(entries, columns, picture, LabelHeight, sheet);
        await File.WriteAllTextAsync(work.At("labels.ass"), labels, cancellationToken);
        var command = new FfmpegCommand();
        // Relative to the work folder: the library's own path may hold a percent sign.
        command.Sequence("cell-%03d.jpg");
        // A last row that is not full is filled by frames of our own: what tile leaves empty is green in ffmpeg 5.1.
        var filled = $"tpad=stop={((columns * rows) - entries.Count).ToString(CultureInfo.InvariantCulture)}:stop_mode=add:color={Dark}";
        var padded = $"pad=iw:ih+{LabelHeight.ToString(CultureInfo.InvariantCulture)}:0:0:color={Dark}";
        command.Graph(
            $"[0:v]{padded},{filled},tile={columns}x{rows}:color={Dark},format=yuv444p,ass=f=labels.ass," +
                "scale=out_color_matrix=bt601:out_range=pc,format=yuvj420p[o]");
        command.Output("-map", "[o]", "-frames:v", "1", "-q:v", "3", "-map_metadata", "-1", "-f", "image2", "-update", "1");
        await ffmpeg.RenderStillAsync(command, outputPath, work, cancellationToken);
        return sheet;
    }

    /// <summary>How many rows a page of so many assets has.</summary>
    public static int RowsOf(int count) => (count + MostColumns - 1) / MostColumns;

    private static PixelSize CellFor(IReadOnlyList<SheetEntry> entries, int columns)
    {
        var ratio = Math.Clamp(entries.Average(e => e.Asset.Size.Ratio), 0.5, 1.8);
        var width = Math.Min(PreviewRenderer.LongestSide / columns, WidestCell) / 2 * 2;
        return new PixelSize(width, (int)Math.Ceiling(width / ratio)).Even();
    }
}
