using McpI2V.Engine;
using McpI2V.Engine.Library;
using McpI2V.Protocol;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace McpI2V.Http;

/// <summary>Sends an asset's file to whoever has its signed address: with ranges, of its own type, never as a page.</summary>
internal sealed class MediaEndpoint(MediaLinks links, ProgramRooms rooms)
{
    /// <summary>200 or 206 with the file, 403 for an address that is not good, 404 for a file that is gone.</summary>
    public async Task GetAsync(HttpContext context)
    {
        context.Response.Headers["X-Content-Type-Options"] = "nosniff";
        context.Response.Headers.ContentSecurityPolicy = "default-src 'none'; sandbox";
        context.Response.Headers["Referrer-Policy"] = "no-referrer";
        if (!AssetHandle.TryParse(context.Request.RouteValues["handle"] as string, out var handle) || !links.IsGood(handle, context.Request.Query["expires"], context.Request.Query["signature"]))
        {
            context.Response.StatusCode = StatusCodes.Status403Forbidden;
            return;
        }
        if (Find(handle) is not { } asset || rooms.Tools.Library.PathOf(asset) is var path && !File.Exists(path))
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }
        context.Response.Headers.CacheControl = "private, max-age=3600";
        context.Response.Headers.ContentDisposition = new ContentDispositionHeaderValue("inline") { FileNameStar = Path.GetFileName(path) }.ToString();
        await Results.File(path, asset.Format.MimeType, enableRangeProcessing: true, entityTag: new EntityTagHeaderValue($"\"{asset.Sha256}\"")).ExecuteAsync(context);
    }

    private Asset? Find(AssetHandle handle)
    {
        try
        {
            return rooms.Tools.Library.Assets.Find(handle);
        }
        catch (I2VException)
        {
            // A library that can't be opened has no files.
            return null;
        }
    }
}
