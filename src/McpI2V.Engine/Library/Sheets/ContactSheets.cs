using System.Globalization;
using McpI2V.Engine.Storage.Files;
using McpI2V.Media.Formats;
using McpI2V.Media.Previews;
using McpI2V.Media.Probing;

namespace McpI2V.Engine.Library.Sheets;

/// <summary>Contact sheets in pages, made once and kept, and the parts of them that a model looks at.</summary>
public sealed class ContactSheets(MediaLibrary library, MediaStores stores, PreviewRenderer renderer, ContactSheet sheets)
{
    /// <summary>The pages of a sheet, made where one is missing.</summary>
    /// <param name="name">The sheet's name, such as <c>batch-2</c>.</param>
    /// <param name="entries">The assets in reading order, and what each is called; one whose file is gone is left out.</param>
    /// <param name="callCancelled">Ends the work.</param>
    /// <returns>Where a person finds each page, none where no file is left; and how many assets are on them.</returns>
    public async Task<(IReadOnlyList<string> Pages, int Count)> PagesAsync(
        string name,
        IReadOnlyList<(Asset Asset, string Label)> entries,
        CancellationToken callCancelled)
    {
        List<(Asset Asset, string Label)> there = [];
        foreach (var entry in entries)
        {
            if (await library.HasFileAsync(entry.Asset, callCancelled))
            {
                there.Add(entry);
            }
        }
        List<string> pages = [];
        foreach (var page in there.Chunk(ContactSheet.PageLength))
        {
            var file = FileOf(name, pages.Count + 1);
            if (!await stores.Sheets.ExistsAsync(file, callCancelled))
            {
                await MakeAsync(file, page, callCancelled);
            }
            pages.Add(stores.Sheets.AddressOf(file));
        }
        return (pages, there.Count);
    }

    /// <summary>The first so many parts of a sheet at the size at which labels are read, together at most an answer's bytes.</summary>
    /// <param name="name">The sheet's name.</param>
    /// <param name="count">How many assets are on it.</param>
    /// <param name="most">The most pictures.</param>
    /// <param name="callCancelled">Ends the work.</param>
    /// <exception cref="I2VException">A page is not there any more, or can't be read.</exception>
    public async Task<IReadOnlyList<byte[]>> PartsAsync(string name, int count, int most, CancellationToken callCancelled)
    {
        using var folder = library.Work.Create();
        List<MediaLease> pages = [];
        try
        {
            List<(PreviewSource Page, int Top, int Height)> parts = [];
            for (var (first, number) = (0, 1); first < count && parts.Count < most; first += ContactSheet.PageLength, number++)
            {
                var page = await stores.Sheets.OpenAsync(FileOf(name, number), callCancelled)
                    ?? throw new I2VException(
                        ErrorCode.NotFound,
                        $"A contact sheet of {name} was deleted; the next look at it makes it again.");
                pages.Add(page);
                var size = MediaProbe.SizeOf(page.Path, MediaFormat.Jpeg);
                var source = new PreviewSource(page.Path, MediaFormat.Jpeg, size, 1, TimeSpan.Zero);
                var rows = ContactSheet.RowsOf(Math.Min(ContactSheet.PageLength, count - first));
                var height = size.Height / rows;
                var together = Math.Max(1, PreviewRenderer.LongestSide / height);
                parts.AddRange(Enumerable.Range(0, rows)
                    .Chunk(together)
                    .Select(rowsOfPart => (source, rowsOfPart[0] * height, rowsOfPart.Length * height)));
            }
            List<byte[]> pictures = [];
            foreach (var (page, top, height) in parts.Take(most))
            {
                var bytes = Previews.AnswerBytes / Math.Min(most, parts.Count);
                pictures.Add(await Previews.AsI2VException(
                    () => renderer.BandAsync(page, top, height, bytes, folder.Work(), callCancelled)));
            }
            return pictures;
        }
        finally
        {
            foreach (var page in pages)
            {
                await page.DisposeAsync();
            }
        }
    }

    private async Task MakeAsync(string file, IReadOnlyList<(Asset Asset, string Label)> entries, CancellationToken callCancelled)
    {
        using var folder = library.Work.Create();
        var temporary = Path.Combine(folder.Path, "sheet.jpg");
        await using var held = library.Hold();
        var sources = await held.PlanAsync(
            files => entries.Select(e => new SheetEntry(files.PreviewOf(e.Asset), e.Label, e.Asset.Handle.ToString())).ToList(),
            callCancelled);
        await Previews.AsI2VException(() => sheets.RenderAsync(sources, temporary, folder.Work(), callCancelled));
        await stores.Sheets.PublishAsync(temporary, file, callCancelled);
    }

    private static string FileOf(string sheet, int page) => string.Create(CultureInfo.InvariantCulture, $"{sheet}-page-{page}.jpg");
}
