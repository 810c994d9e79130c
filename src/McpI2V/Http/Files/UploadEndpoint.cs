using System.Collections.Concurrent;
using System.Text.Json.Nodes;
using McpI2V.Access;
using McpI2V.Engine;
using McpI2V.Engine.Library.Import;
using McpI2V.Engine.Library.Uploads;
using McpI2V.Http.Requests;
using McpI2V.Media;
using McpI2V.Media.Formats;
using McpI2V.Media.Processes;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace McpI2V.Http.Files;

/// <summary>
/// Takes a file from whoever has its signed address, once; a person who opens the address gets a page to choose the file.
/// </summary>
internal sealed class UploadEndpoint(UploadLinks links, Lazy<UploadStore> uploads, Lazy<AssetImporter> importer, ProcessPlaces processes)
{
    private const int Buffer = 128 * 1024;

    // What a browser or curl does not know is said as nothing, or as bytes; what is in the file decides in the end.
    private static readonly string[] Telling = ["image", "video", "audio", "text"];

    private readonly ConcurrentDictionary<string, bool> arriving = new(StringComparer.Ordinal);

    /// <summary>
    /// 201 with the asset; 403 for an address that is not good, 409 for one that is being used, 410 for one that was, 413 for
    /// too many bytes, 415 for what was not announced, 507 for a full disk.
    /// </summary>
    public async Task PutAsync(HttpContext context)
    {
        if (Find(context) is not { } offer)
        {
            await RefuseAsync(context, StatusCodes.Status403Forbidden,
                "This address is not good: it was altered, its time is over, or the library can't be opened now. Call the tool again.");
            return;
        }
        if (offer.Asset is { } known)
        {
            await RefuseUsedAsync(context, known);
            return;
        }
        if (context.Request.ContentLength > offer.MaxBytes)
        {
            await RefuseTooLargeAsync(context, offer);
            return;
        }
        if (IsAnother(context.Request.ContentType, offer.Kind))
        {
            await RefuseAsync(context, StatusCodes.Status415UnsupportedMediaType,
                $"Content-Type is {RpcErrors.Shown(context.Request.ContentType)}, and a {SnakeCase.From(offer.Kind!.Value)} is " +
                    "needed. Send one, or leave Content-Type out.");
            return;
        }
        if (!arriving.TryAdd(offer.Id, true))
        {
            await RefuseAsync(context, StatusCodes.Status409Conflict, "This file is being sent already. Wait for that, or call the " +
                "tool again for another address.");
            return;
        }
        try
        {
            context.Features.GetRequiredFeature<IHttpMaxRequestBodySizeFeature>().MaxRequestBodySize = offer.MaxBytes;
            await TakeAsync(context, offer);
        }
        finally
        {
            arriving.TryRemove(offer.Id, out _);
        }
    }

    /// <summary>A page to choose the file on.</summary>
    public async Task GetAsync(HttpContext context)
    {
        var offer = Find(context);
        var nonce = BrowserHeaders.ForPage(context, "script-src 'nonce-{nonce}'; connect-src 'self'; img-src 'self'");
        context.Response.StatusCode = offer switch
        {
            null => StatusCodes.Status403Forbidden,
            { Asset: not null } => StatusCodes.Status410Gone,
            _ => StatusCodes.Status200OK,
        };
        context.Response.ContentType = "text/html; charset=utf-8";
        await context.Response.WriteAsync(UploadPage.Write(offer, nonce), context.RequestAborted);
    }

    private async Task TakeAsync(HttpContext context, UploadOffer offer)
    {
        try
        {
            using var places = processes.As(offer.Owner);
            var asset = await importer.Value.ReceiveAsync(
                offer.Name,
                offer.Kind,
                offer.Owner,
                (path, token) => ReceiveAsync(context.Request.Body, path, token),
                context.RequestAborted);
            if (uploads.Value.Finish(offer.Id, asset.Handle))
            {
                context.Response.StatusCode = StatusCodes.Status201Created;
                await WriteAsync(
                    context,
                    new JsonObject
                    {
                        ["handle"] = asset.Handle.ToString(),
                        ["reference"] = offer.Reference,
                        ["mime_type"] = asset.Format.MimeType,
                        ["bytes"] = asset.Bytes,
                        ["sha256"] = asset.Sha256,
                    });
            }
            else
            {
                await RefuseUsedAsync(context, asset.Handle);
            }
        }
        catch (BadHttpRequestException e) when (e.StatusCode == StatusCodes.Status413PayloadTooLarge)
        {
            await RefuseTooLargeAsync(context, offer);
        }
        catch (BadHttpRequestException e)
        {
            await RefuseAsync(context, e.StatusCode, "The file did not arrive whole. Send it again to the same address.");
        }
        catch (I2VException e)
        {
            var status = e.Code switch
            {
                ErrorCode.StorageFull => StatusCodes.Status507InsufficientStorage,
                ErrorCode.MediaUnreadable => StatusCodes.Status415UnsupportedMediaType,
                _ => StatusCodes.Status422UnprocessableEntity,
            };
            await RefuseAsync(context, status, $"{e.Message} Another file can be sent to the same address.");
        }
        catch (Exception e) when (e is OperationCanceledException or IOException && context.RequestAborted.IsCancellationRequested)
        {
            // The sender has gone; the address stays good.
        }
    }

    private static async Task ReceiveAsync(Stream body, string path, CancellationToken cancellationToken)
    {
        await using var file = new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.None, Buffer);
        await body.CopyToAsync(file, Buffer, cancellationToken);
    }

    private UploadOffer? Find(HttpContext context)
    {
        try
        {
            return links.Find(
                (string)context.Request.RouteValues["id"]!,
                context.Request.Query["expires"],
                context.Request.Query["signature"]);
        }
        catch (I2VException)
        {
            // A library that can't be opened takes no files.
            return null;
        }
    }

    private static bool IsAnother(string? type, MediaKind? kind) =>
        kind is { } wanted
            && type?.Split('/')[0].ToLowerInvariant() is { } major
            && Telling.Contains(major)
            && major != UploadPage.MajorTypeOf(wanted);

    private static Task RefuseUsedAsync(HttpContext context, AssetHandle asset) =>
        RefuseAsync(context, StatusCodes.Status410Gone, $"This address was used: the file is {asset}. Give that in the call.");

    private static Task RefuseTooLargeAsync(HttpContext context, UploadOffer offer) =>
        RefuseAsync(context, StatusCodes.Status413PayloadTooLarge,
            $"The file is larger than {offer.MaxBytes / 1_000_000} MB, the most that is taken here. Make it smaller, or raise " +
                "I2V__Inputs__MaxMegabytes.");

    private static Task RefuseAsync(HttpContext context, int status, string message)
    {
        context.Response.StatusCode = status;
        return WriteAsync(context, new JsonObject { ["message"] = message });
    }

    private static async Task WriteAsync(HttpContext context, JsonObject json)
    {
        if (!context.Response.HasStarted)
        {
            context.Response.ContentType = "application/json";
            await context.Response.WriteAsync(json.ToJsonString(), context.RequestAborted);
        }
    }
}
