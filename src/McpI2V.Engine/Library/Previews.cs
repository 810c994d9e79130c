using System.Globalization;
using McpI2V.Engine.Storage.Files;
using McpI2V.Media;
using McpI2V.Media.Formats;
using McpI2V.Media.Previews;

namespace McpI2V.Engine.Library;

/// <summary>The small JPEGs that a model looks at, made once and kept beside the library.</summary>
public sealed class Previews(MediaLibrary library, MediaStores stores, PreviewRenderer renderer)
{
    /// <summary>The most bytes that all previews of one answer may have.</summary>
    public const int AnswerBytes = 150_000;

    private const int LargestPreview = 120_000;
    private readonly SmallFiles small = new(stores.Previews);

    /// <summary>A preview of an asset of at most so many bytes.</summary>
    public async Task<byte[]> OfAsync(Asset asset, int maxBytes, CancellationToken callCancelled)
    {
        // A few steps of size, so that one asset has a few previews and not hundreds.
        var limit = maxBytes >= LargestPreview ? LargestPreview : maxBytes >= 60_000 ? 60_000 : maxBytes >= 30_000 ? 30_000 : 12_000;
        return await small.ReadAsync(NameOf(asset, limit), callCancelled) ?? (await MakeAsync(asset, limit, callCancelled)).Jpeg;
    }

    /// <summary>Moments of a clip side by side.</summary>
    public async Task<byte[]> MomentsAsync(Asset clip, IReadOnlyList<TimeSpan> moments, CancellationToken callCancelled)
    {
        using var folder = library.Work.Create();
        await using var held = library.Hold();
        var source = await held.PlanAsync(files => files.PreviewOf(clip), callCancelled);
        return await AsI2VException(() => renderer.MomentsAsync(source, moments, AnswerBytes, folder.Work(), callCancelled));
    }

    /// <summary>What an asset looks like, measured once.</summary>
    /// <exception cref="I2VException">No preview of it can be made.</exception>
    public async Task<Look> LookOfAsync(Asset asset, CancellationToken callCancelled)
    {
        return await small.ReadAsync(LookNameOf(asset), callCancelled) is { } made && Look.FromBytes(made) is { } known
            ? known
            : (await MakeAsync(asset, LargestPreview, callCancelled)).Look;
    }

    // What it looks like comes with every preview: it is asked for next.
    private async Task<Preview> MakeAsync(Asset asset, int limit, CancellationToken callCancelled)
    {
        using var folder = library.Work.Create();
        await using var held = library.Hold();
        var source = await held.PlanAsync(files => files.PreviewOf(asset), callCancelled);
        var preview = await AsI2VException(() => renderer.OfAssetAsync(source, limit, folder.Work(), callCancelled));
        await KeepAsync(NameOf(asset, limit), preview.Jpeg, folder.Path, callCancelled);
        await KeepAsync(LookNameOf(asset), preview.Look.ToBytes(), folder.Path, callCancelled);
        return preview;
    }

    private static string NameOf(Asset asset, int limit) =>
        string.Create(CultureInfo.InvariantCulture, $"{asset.Handle}-{limit / 1000}.jpg");

    private static string LookNameOf(Asset asset) => $"{asset.Handle}.look";

    private async Task KeepAsync(string name, byte[] content, string work, CancellationToken callCancelled)
    {
        try
        {
            var temporary = Path.Combine(work, "preview");
            await File.WriteAllBytesAsync(temporary, content, callCancelled);
            await stores.Previews.PublishAsync(temporary, name, callCancelled);
            small.Keep(name, content);
        }
        catch (Exception e) when (I2VException.FromDisk(e) is not null)
        {
            // Without a cache it is made again the next time.
        }
    }

    internal static async Task<T> AsI2VException<T>(Func<Task<T>> work)
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
