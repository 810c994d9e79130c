using System.Globalization;
using McpI2V.Engine.Storage.LocalFiles;
using McpI2V.Media;
using McpI2V.Media.Previews;

namespace McpI2V.Engine.Library;

/// <summary>The small JPEGs that a model looks at, made once and kept beside the library.</summary>
public sealed class Previews(MediaLibrary library, PreviewRenderer renderer, ContactSheet sheets)
{
    /// <summary>The most bytes that all previews of one answer may have.</summary>
    public const int AnswerBytes = 150_000;

    /// <summary>A preview of an asset of at most so many bytes.</summary>
    public async Task<byte[]> OfAsync(Asset asset, int maxBytes, CancellationToken callCancelled)
    {
        // A few steps of size, so that one asset has a few previews and not hundreds.
        var limit = maxBytes >= 120_000 ? 120_000 : maxBytes >= 60_000 ? 60_000 : maxBytes >= 30_000 ? 30_000 : 12_000;
        var path = RealPaths.Within(
            library.Options.Home,
            Path.Combine(".previews", string.Create(CultureInfo.InvariantCulture, $"{asset.Handle}-{limit / 1000}.jpg")));
        if (File.Exists(path))
        {
            return await File.ReadAllBytesAsync(path, callCancelled);
        }
        using var folder = library.Work.Create();
        var jpeg = await AsI2VException(() => renderer.OfAssetAsync(
            library.PreviewOf(library.RequireFile(asset, "handle")),
            limit,
            folder.Work(),
            callCancelled));
        Keep(path, jpeg, folder.Path);
        return jpeg;
    }

    /// <summary>Moments of a clip side by side.</summary>
    public async Task<byte[]> MomentsAsync(Asset clip, IReadOnlyList<TimeSpan> moments, CancellationToken callCancelled)
    {
        using var folder = library.Work.Create();
        return await AsI2VException(() => renderer.MomentsAsync(
            library.PreviewOf(library.RequireFile(clip, "handle")),
            moments,
            AnswerBytes,
            folder.Work(),
            callCancelled));
    }

    /// <summary>A sheet of assets with their handles, as a file.</summary>
    /// <param name="name">The sheet's name, such as <c>batch-2</c>.</param>
    /// <param name="entries">The assets and their labels.</param>
    /// <param name="callCancelled">Ends the work.</param>
    /// <returns>The sheet's path.</returns>
    public async Task<string> SheetAsync(string name, IReadOnlyList<(Asset Asset, string Label)> entries, CancellationToken callCancelled)
    {
        var path = SheetPath(name);
        using var folder = library.Work.Create();
        var temporary = Path.Combine(folder.Path, "sheet.jpg");
        await AsI2VException(() => sheets.RenderAsync(
            [.. entries.Select(e => (library.PreviewOf(e.Asset), e.Label))],
            temporary,
            folder.Work(),
            callCancelled));
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.Move(temporary, path, overwrite: true);
        return path;
    }

    /// <summary>Where a sheet of this name lies, if it was made.</summary>
    public string SheetPath(string name) => RealPaths.Within(library.Options.Home, Path.Combine("sheets", name + ".jpg"));

    /// <summary>A sheet small enough to be looked at.</summary>
    public async Task<byte[]> OfSheetAsync(string path, CancellationToken callCancelled)
    {
        using var folder = library.Work.Create();
        var stored = Media.Probing.MediaProbe.SizeOf(path, Media.Formats.MediaFormat.Jpeg);
        var source = new PreviewSource(path, Media.Formats.MediaFormat.Jpeg, stored, 1, TimeSpan.Zero);
        return await AsI2VException(() => renderer.OfAssetAsync(source, AnswerBytes, folder.Work(), callCancelled));
    }

    private void Keep(string path, byte[] jpeg, string work)
    {
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            var temporary = Path.Combine(work, "preview.jpg");
            File.WriteAllBytes(temporary, jpeg);
            File.Move(temporary, path, overwrite: true);
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
