using McpI2V.Access;
using McpI2V.Engine.Jobs.Remote;
using McpI2V.Http.Files;
using McpI2V.Mcp;
using McpI2V.Http.Requests;
using McpI2V.Mcp.Calls;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace McpI2V.Hosting;

/// <summary>The program's own web server: MCP, and its addresses for files, webhooks and watchers.</summary>
internal static class ProgramHost
{
    // Players and chats ask for the head of an address before they show it.
    private static readonly string[] Reading = [HttpMethods.Get, HttpMethods.Head];

    /// <summary>Makes the server; whoever starts it begins to run jobs.</summary>
    /// <param name="policy">What follows from where it listens.</param>
    /// <param name="replace">Puts other services in the place of the program's own; null: none.</param>
    public static WebApplication Build(ListenPolicy policy, Action<IServiceCollection>? replace = null)
    {
        var app = HttpHost.Build(policy, services =>
        {
            services.AddProgram().AddFiles().AddSingleton<IHostLifetime>(SignalLifetime.OfSystems);
            replace?.Invoke(services);
        });
        var services = app.Services;
        var media = services.GetRequiredService<MediaEndpoint>();
        var upload = services.GetRequiredService<UploadEndpoint>();
        app.MapMethods("/media/{handle}", Reading, media.GetAsync).AllowAnonymous();
        app.MapMethods("/media/{handle}/subtitles", Reading, media.GetSubtitlesAsync).AllowAnonymous();
        app.MapMethods("/media/{handle}/preview", Reading, media.GetPreviewAsync).AllowAnonymous();
        app.MapMethods("/gallery/{what}", Reading, services.GetRequiredService<GalleryEndpoint>().GetAsync).AllowAnonymous();
        app.MapGet("/upload/{id}", upload.GetAsync).AllowAnonymous();
        app.MapPut("/upload/{id}", upload.PutAsync).AllowAnonymous();
        app.MapGet("/favicon.ico", context => Results.Text(ServerIcon.Svg, "image/svg+xml").ExecuteAsync(context)).AllowAnonymous();
        app.MapPost("/webhooks/{provider}", (RequestDelegate)TakeWebhookAsync).AllowAnonymous();
        app.MapGet("/readyz", (RequestDelegate)Readiness.AnswerAsync).AllowAnonymous();
        return app;
    }

    // A caller from elsewhere names no folders of this machine, and spends only by its token.
    private static IServiceCollection AddFiles(this IServiceCollection services) => services
        .AddSingleton<LinkSigner>()
        .AddSingleton<MediaLinks>()
        .AddSingleton<UploadLinks>()
        .AddSingleton<MediaEndpoint>()
        .AddSingleton<GalleryEndpoint>()
        .AddSingleton<UploadEndpoint>()
        .AddSingleton<AnswerCache>()
        .AddSingleton(s =>
        {
            var links = s.GetRequiredService<MediaLinks>();
            return new RemoteClientLinks(
                links.ForAsset,
                links.OfSubtitles,
                links.OfGallery,
                links.AssetAt,
                s.GetRequiredService<UploadLinks>().OfMissing);
        });

    private static Task TakeWebhookAsync(HttpContext context) =>
        WebhookEndpoint.TakeAsync(
            context,
            context.RequestServices.GetRequiredService<RequestBodies>(),
            context.RequestServices.GetRequiredService<WebhookReceiver>());
}
