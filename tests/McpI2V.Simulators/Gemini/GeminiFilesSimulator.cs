using System.Globalization;
using System.Text.Json.Nodes;
using McpI2V.Simulators.Simulation;
using McpI2V.Simulators.Simulation.FaultInjection;

namespace McpI2V.Simulators.Gemini;

/// <summary>The Files API: a resumable upload in one or more chunks; a clip is PROCESSING for one look. Results are files too.</summary>
public static class GeminiFilesSimulator
{
    private static readonly Step Upload = new(GeminiSimulator.Vendor, "upload");

    public static void MapGeminiFiles(this WebApplication app, SimOptions options, Uploads uploads, TaskBook book)
    {
        Dictionary<string, (JsonObject File, int Looks)> files = new(StringComparer.Ordinal);
        Dictionary<string, MemoryStream> chunks = new(StringComparer.Ordinal);
        app.MapPost("/gemini/upload/{version}/files", async (HttpContext c) =>
        {
            if (GeminiSimulator.Refuse(c, options) is { } refused)
            {
                return refused;
            }
            if (c.Request.Headers["X-Goog-Upload-Protocol"] != "resumable" || c.Request.Headers["X-Goog-Upload-Command"] != "start")
            {
                return GeminiSimulator.Error(400, "INVALID_ARGUMENT", "The upload must be started with the resumable protocol.");
            }
            await Reply.BodyAsync(c);
            var name = "f" + Guid.NewGuid().ToString("N")[..10];
            lock (files)
            {
                files[name] = (new JsonObject
                {
                    ["name"] = "files/" + name,
                    ["mimeType"] = c.Request.Headers["X-Goog-Upload-Header-Content-Type"].ToString(),
                    ["sizeBytes"] = c.Request.Headers["X-Goog-Upload-Header-Content-Length"].ToString(),
                    ["uri"] = $"{Delivery.Origin(c)}/gemini/v1beta/files/{name}",
                    ["expirationTime"] = TimeProvider.System.GetUtcNow().AddHours(48).ToString("O", CultureInfo.InvariantCulture),
                }, 0);
                chunks[name] = new MemoryStream();
            }
            c.Response.Headers["x-goog-upload-url"] = $"{Delivery.Origin(c)}/gemini/upload/v1beta/files/{name}?upload_id={name}";
            c.Response.Headers["x-goog-upload-status"] = "active";
            return Reply.Json(new JsonObject());
        }).WithMetadata(Upload);
        app.MapPost("/gemini/upload/{version}/files/{name}", async (HttpContext c, string name) =>
        {
            await c.Request.Body.CopyToAsync(chunks[name]);
            if (!c.Request.Headers["X-Goog-Upload-Command"].ToString().Contains("finalize", StringComparison.Ordinal))
            {
                c.Response.Headers["x-goog-upload-status"] = "active";
                return Reply.Json(new JsonObject());
            }
            chunks[name].Position = 0;
            await uploads.KeepAsync(name, chunks[name], name);
            c.Response.Headers["x-goog-upload-status"] = "final";
            return Reply.Json(new JsonObject { ["file"] = Shown(files, name) });
        }).WithMetadata(Upload);
        app
            .MapGet("/gemini/{version}/files/{name}", Bytes(options, book, files))
            .WithMetadata(new Step(GeminiSimulator.Vendor, "download"));
    }

    // One address for what a file is and for its bytes.
    private static RequestDelegate Bytes(SimOptions options, TaskBook book, Dictionary<string, (JsonObject File, int Looks)> files)
    {
        var bytes = Delivery.Handler(c => c.GetRouteValue("name") is string name && name.StartsWith("out", StringComparison.Ordinal)
            ? book.Find("v1_" + name[3..])
            : null);
        return context =>
        {
            var name = (string)context.GetRouteValue("name")!;
            var refused = GeminiSimulator.Refuse(context, options);
            return refused is not null ? refused.ExecuteAsync(context)
                : context.Request.Query["alt"] == "media" ? bytes(context)
                : (files.ContainsKey(name)
                    ? Reply.Json(Shown(files, name))
                    : GeminiSimulator.Error(404, "NOT_FOUND", "File not found.")).ExecuteAsync(context);
        };
    }

    private static JsonObject Shown(Dictionary<string, (JsonObject File, int Looks)> files, string name)
    {
        lock (files)
        {
            var (file, looks) = files[name];
            files[name] = (file, looks + 1);
            var shown = file.DeepClone().AsObject();
            shown["state"] = looks == 0 && file["mimeType"]!.ToString().StartsWith("video/", StringComparison.Ordinal)
                ? "PROCESSING"
                : "ACTIVE";
            return shown;
        }
    }
}
