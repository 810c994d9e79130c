using System.Globalization;
using McpI2V.Engine.Storage.Files;
using McpI2V.Media;
using McpI2V.Media.Previews;

namespace McpI2V.Engine.Library;

/// <summary>The small JPEGs that a model looks at, made once and kept beside the library.</summary>
public sealed class Previews(MediaLibrary library, MediaStores stores, PreviewRenderer renderer, ContactSheet sheets)
{
    /// <summary>The most bytes that all previews of one answer may have.</summary>
    public const int AnswerBytes = 150_000;

    /// <summary>A preview of an asset of at most so many bytes.</summary>
    public async Task<byte[]> OfAsync(Asset asset, int maxBytes, CancellationToken callCancelled)
    {
        // A few steps of size, so that one asset has a few previews and not hundreds.
        var limit = maxBytes >= 120_000 ? 120_000 : maxBytes >= 60_000 ? 60_000 : maxBytes >= 30_000 ? 30_000 : 12_000;
        var name = string.Create(CultureInfo.InvariantCulture, $"{asset.Handle}-{limit / 1000}.jpg");
        await using (var made = await stores.Previews.OpenAsync(name, callCancelled))
        {
            if (made is not null)
            {
                return await File.ReadAllBytesAsync(made.Path, callCancelled);
            }
        }
        using var folder = library.Work.Create();
        await using var held = library.Hold();
        var source = await held.PlanAsync(files => files.PreviewOf(asset), callCancelled);
        var jpeg = await AsI2VException(() => renderer.OfAssetAsync(source, limit, folder.Work(), callCancelled));
        await KeepAsync(name, jpeg, folder.Path, callCancelled);
        return jpeg;
    }

    /// <summary>Moments of a clip side by side.</summary>
    public async Task<byte[]> MomentsAsync(Asset clip, IReadOnlyList<TimeSpan> moments, CancellationToken callCancelled)
    {
        using var folder = library.Work.Create();
        await using var held = library.Hold();
        var source = await held.PlanAsync(files => files.PreviewOf(clip), callCancelled);
        return await AsI2VException(() => renderer.MomentsAsync(source, moments, AnswerBytes, folder.Work(), callCancelled));
    }

    /// <summary>A sheet of assets with their handles, as a file.</summary>
    /// <param name="name">The sheet's name, such as <c>batch-2</c>.</param>
    /// <param name="entries">The assets and their labels.</param>
    /// <param name="callCancelled">Ends the work.</param>
    /// <returns>Where a person finds it.</returns>
    public async Task<string> SheetAsync(string name, IReadOnlyList<(Asset Asset, string Label)> entries, CancellationToken callCancelled)
    {
        using var folder = library.Work.Create();
        var temporary = Path.Combine(folder.Path, "sheet.jpg");
        await using var held = library.Hold();
        var sources = await held.PlanAsync(files => entries.Select(e => (files.PreviewOf(e.Asset), e.Label)).ToList(), callCancelled);
        await AsI2VException(() => sheets.RenderAsync(sources, temporary, folder.Work(), callCancelled));
        await stores.Sheets.PublishAsync(temporary, FileOf(name), callCancelled);
        return stores.Sheets.AddressOf(FileOf(name));
    }

    /// <summary>Where a person finds the sheet of this name; null if it was not made yet.</summary>
    public async Task<string?> FindSheetAsync(string name, CancellationToken callCancelled) =>
        await stores.Sheets.ExistsAsync(FileOf(name), callCancelled) ? stores.Sheets.AddressOf(FileOf(name)) : null;

    /// <summary>A sheet small enough to be looked at.</summary>
    /// <exception cref="I2VException">There is none of this name, or it can't be read.</exception>
    public async Task<byte[]> OfSheetAsync(string name, CancellationToken callCancelled)
    {
        using var folder = library.Work.Create();
        await using var sheet = await stores.Sheets.OpenAsync(FileOf(name), callCancelled)
            ?? throw new I2VException(ErrorCode.NotFound, $"The contact sheet of {name} was deleted; the next look at it makes it again.");
        var stored = Media.Probing.MediaProbe.SizeOf(sheet.Path, Media.Formats.MediaFormat.Jpeg);
        var source = new PreviewSource(sheet.Path, Media.Formats.MediaFormat.Jpeg, stored, 1, TimeSpan.Zero);
        return await AsI2VException(() => renderer.OfAssetAsync(source, AnswerBytes, folder.Work(), callCancelled));
    }

    private static string FileOf(string sheet) => sheet + ".jpg";

    private async Task KeepAsync(string name, byte[] jpeg, string work, CancellationToken callCancelled)
    {
        try
        {
            var temporary = Path.Combine(work, "preview.jpg");
            await File.WriteAllBytesAsync(temporary, jpeg, callCancelled);
            await stores.Previews.PublishAsync(temporary, name, callCancelled);
        }
        catch (Exception e) when (I2VException.FromDisk(e) is not null)
        {
            // Without a cache it is made again the next time.
        }
    }

    private static async Task<T> AsI2VException<T>(Func<Task<T>> work)
    {
        try
        {
            return await work();
        }
        catch (MediaException e)
        {
            throw I2VException.From(e);
        }
    }
}
