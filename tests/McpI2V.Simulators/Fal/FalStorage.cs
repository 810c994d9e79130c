using System.Text.Json.Nodes;
using McpI2V.Simulators.Simulation;
using McpI2V.Simulators.Simulation.FaultInjection;

namespace McpI2V.Simulators.Fal;

/// <summary>fal's storage: a signed address for a file or for its parts.</summary>
public static class FalStorage
{
    private static readonly Step Upload = new("fal", "upload");

    public static void MapFalStorage(this WebApplication app, Uploads uploads, Func<HttpContext, IResult?> refuse)
    {
        app.MapPost("/fal/storage/upload/initiate", (HttpContext c) => refuse(c) ?? Begin(c)).WithMetadata(Upload);
        app.MapPost("/fal/storage/upload/initiate-multipart", (HttpContext c) => refuse(c) ?? Begin(c)).WithMetadata(Upload);
        app.MapPut("/fal/_upload/{name}", (HttpContext c, string name) => KeepAsync(c, uploads, name)).WithMetadata(Upload);
        app
            .MapPut(
                "/fal/_upload/{name}/{part:int}",
                (HttpContext c, string name, int part) => KeepAsync(c, uploads, $"{name}#{part:0000}"))
            .WithMetadata(Upload);
        app.MapPost("/fal/_upload/{name}/complete", async (string name) => await JoinAsync(uploads, name)).WithMetadata(Upload);
        app.MapGet(
            "/fal/files/{name}",
            (string name) => uploads.Find(name) is { } file
                ? Microsoft.AspNetCore.Http.Results.File(file)
                : Microsoft.AspNetCore.Http.Results.NotFound());
    }

    private static IResult Begin(HttpContext context)
    {
        var name = Guid.NewGuid().ToString("N");
        return Reply.Json(new JsonObject
        {
            ["upload_url"] = $"{Delivery.Origin(context)}/fal/_upload/{name}?signature=s3cr3t-{name}",
            ["file_url"] = $"{Delivery.Origin(context)}/fal/files/{name}",
        });
    }

    private static async Task<IResult> KeepAsync(HttpContext context, Uploads uploads, string name)
    {
        if (!context.Request.Query.ContainsKey("signature"))
        {
            return Reply.Json(new JsonObject { ["detail"] = "Missing signature" }, 403);
        }
        await uploads.KeepAsync(name, context.Request.Body, name);
        context.Response.Headers.ETag = "\"part\"";
        return Reply.Json(new JsonObject
        {
            ["etag"] = "part",
            ["partNumber"] = int.TryParse(name.Split('#').Last(), out var part) ? part : 1,
        });
    }

    private static async Task<IResult> JoinAsync(Uploads uploads, string name)
    {
        await uploads.JoinAsync(name, uploads.Below(name + "#").Order(StringComparer.Ordinal));
        return Reply.Json(new JsonObject());
    }
}
