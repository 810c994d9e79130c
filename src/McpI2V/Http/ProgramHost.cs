using McpI2V.Engine;
using McpI2V.Protocol;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace McpI2V.Http;

/// <summary>The program's own server: its face over MCP, and its addresses for files, webhooks and watchers.</summary>
internal static class ProgramHost
{
    /// <summary>Makes the server.</summary>
    public static WebApplication Build(ListenPolicy policy, HttpOptions options, ProgramRooms rooms)
    {
        var signer = new LinkSigner(rooms.Library, options, policy, TimeProvider.System);
        var (links, uploads) = (new MediaLinks(signer, TimeProvider.System), new UploadLinks(signer, rooms));
        // A caller from elsewhere names no folders of this machine, and spends only by its token.
        var app = HttpHost.Build(policy, options, rooms.Tokens, new McpServerDefinition(rooms, new RemoteClientLinks(links.ForAsset, links.OfGallery, uploads.OfMissing)));
        var bodies = app.Services.GetRequiredService<RequestBodies>();
        var media = new MediaEndpoint(links, rooms);
        app.MapGet("/media/{handle}", media.GetAsync).WithMetadata(OpenToAll.Mark);
        app.MapGet("/media/{handle}/preview", media.GetPreviewAsync).WithMetadata(OpenToAll.Mark);
        app.MapGet("/gallery/{what}", new GalleryEndpoint(links, rooms).GetAsync).WithMetadata(OpenToAll.Mark);
        var upload = new UploadEndpoint(uploads, rooms);
        app.MapGet("/upload/{id}", upload.GetAsync).WithMetadata(OpenToAll.Mark);
        app.MapPut("/upload/{id}", upload.PutAsync).WithMetadata(OpenToAll.Mark);
        app.MapGet("/favicon.ico", () => Results.Text(Icons.OfPages(), "image/svg+xml")).WithMetadata(OpenToAll.Mark);
        app.MapPost("/webhooks/{provider}", (RequestDelegate)(context => WebhookEndpoint.TakeAsync(context, bodies, rooms.Webhooks))).WithMetadata(OpenToAll.Mark);
        app.MapGet("/readyz", (RequestDelegate)(context => ReadyAsync(context, rooms))).WithMetadata(OpenToAll.Mark);
        return app;
    }

    private static async Task ReadyAsync(HttpContext context, ProgramRooms rooms)
    {
        try
        {
            rooms.Tools.Library.Assets.Count();
            await context.Response.WriteAsync("ready");
        }
        catch (I2VException)
        {
            // Why is told to callers with a token, by any tool.
            context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
            await context.Response.WriteAsync("not ready");
        }
    }
}
