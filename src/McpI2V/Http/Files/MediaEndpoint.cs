using System.Text;
using McpI2V.Engine;
using McpI2V.Engine.Library;
using McpI2V.Engine.Storage.Files;
using McpI2V.Http.Requests;
using McpI2V.Media.Formats;
using McpI2V.Media.Processes;
using McpI2V.Tools.Calls;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace McpI2V.Http.Files;

/// <summary>
/// Sends an asset's file, its subtitles or a small picture of it, to whoever has its signed address: with ranges, of its own type, never
/// as a page.
/// </summary>
internal sealed class MediaEndpoint(MediaLinks links, Lazy<ToolServices> services, ProcessPlaces processes, TimeProvider time)
{
    // As long as somebody looks at a clip; the address that leads to it may be opened again.
    private static readonly TimeSpan StoreLinkLifetime = TimeSpan.FromHours(1);

    /// <summary>
    /// 200 or 206 with the file, 302 to the store that has it where browsers reach that, 403 for an address that is not good, 404
    /// for a file that is gone.
    /// </summary>
    public async Task GetAsync(HttpContext context)
    {
        if (await FindAsync(context, links.IsGood) is not { } asset)
        {
            return;
        }
        if (services.Value.Library.LinkTo(asset, time.GetUtcNow() + StoreLinkLifetime) is { } store)
        {
            context.Response.Headers.CacheControl = "private, no-store";
            context.Response.Redirect(store.AbsoluteUri);
            return;
        }
        await using var file = await ReadAsync<MediaLease>(async l => await l.OpenAsync(asset, context.RequestAborted));
        if (file is null)
        {
            await LinkRefusal.WriteAsync(context, StatusCodes.Status404NotFound);
            return;
        }
        MayBeKept(context);
        StalledReaderStream.Put(context, time);
        context.Response.Headers.ContentDisposition = new ContentDispositionHeaderValue("inline")
        {
            FileNameStar = Path.GetFileName(asset.File),
        }.ToString();
        await Results.File(
            file.Path,
            asset.Format.MimeType,
            enableRangeProcessing: true,
            entityTag: new EntityTagHeaderValue($"\"{asset.Sha256}\"")).ExecuteAsync(context);
    }

    /// <summary>200 with SubRip to be kept as a file, else as for the file.</summary>
    public async Task GetSubtitlesAsync(HttpContext context)
    {
        if (await FindAsync(context, links.IsGoodForSubtitles) is not { } asset)
        {
            return;
        }
        if (await ReadAsync(l => l.SubtitlesOfAsync(asset, context.RequestAborted)) is not { } words)
        {
            await LinkRefusal.WriteAsync(context, StatusCodes.Status404NotFound);
            return;
        }
        MayBeKept(context);
        await Results.File(
            Encoding.UTF8.GetBytes(words),
            "application/x-subrip; charset=utf-8",
            Path.GetFileName(MediaNames.SubtitlesOf(asset.File))).ExecuteAsync(context);
    }

    /// <summary>200 with a JPEG, else as for the file.</summary>
    public async Task GetPreviewAsync(HttpContext context)
    {
        if (await FindAsync(context, links.IsGoodPreview) is not { } asset)
        {
            return;
        }
        try
        {
            if (asset.Handle.Kind == MediaKind.Audio || !await services.Value.Library.HasFileAsync(asset, context.RequestAborted))
            {
                await LinkRefusal.WriteAsync(context, StatusCodes.Status404NotFound);
                return;
            }
            using var places = processes.As("links");
            var preview = await services.Value.Previews.OfAsync(asset, Previews.AnswerBytes, context.RequestAborted);
            MayBeKept(context);
            await Results.Bytes(preview, "image/jpeg").ExecuteAsync(context);
        }
        catch (I2VException)
        {
            // What it is about is told by find_assets.
            await LinkRefusal.WriteAsync(context, StatusCodes.Status404NotFound);
        }
    }

    private static void MayBeKept(HttpContext context) => context.Response.Headers.CacheControl = "private, max-age=3600";

    // The asset, if the address is good; else the answer is set.
    private async Task<Asset?> FindAsync(HttpContext context, Func<AssetHandle, string?, string?, bool> isGood)
    {
        BrowserHeaders.ForFile(context);
        if (!AssetHandle.TryParse(context.Request.RouteValues["handle"] as string, out var handle)
            || !isGood(handle, context.Request.Query["expires"], context.Request.Query["signature"]))
        {
            await LinkRefusal.WriteAsync(context, StatusCodes.Status403Forbidden);
            return null;
        }
        try
        {
            if (services.Value.Library.Assets.Find(handle) is { } asset)
            {
                return asset;
            }
        }
        catch (I2VException)
        {
            // A library that can't be opened has no files.
        }
        await LinkRefusal.WriteAsync(context, StatusCodes.Status404NotFound);
        return null;
    }

    private async Task<T?> ReadAsync<T>(Func<MediaLibrary, Task<T?>> read)
        where T : class
    {
        try
        {
            return await read(services.Value.Library);
        }
        catch (I2VException)
        {
            // It was deleted, or its row leads out of the library.
            return null;
        }
    }
}
