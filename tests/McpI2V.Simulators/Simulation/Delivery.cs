using System.Globalization;
using McpI2V.Simulators.Simulation.FaultInjection;

namespace McpI2V.Simulators.Simulation;

/// <summary>Serves rendered results, with ranges and entity tags, and with what can go wrong on the way.</summary>
public static class Delivery
{
    /// <summary>Adds the address of a vendor's results.</summary>
    public static void MapResults(this WebApplication app, string vendor, string pattern, Func<HttpContext, SimTask?> find) => app
        .MapGet(pattern, Handler(find))
        .WithMetadata(new Step(vendor, "download"));

    /// <summary>Sends a task's result.</summary>
    public static RequestDelegate Handler(Func<HttpContext, SimTask?> find) =>
        context => SendAsync(context, find(context), context.RequestServices.GetRequiredService<ResultRenderer>());

    /// <summary>What is delivered: what was ordered, unless it is a task's fate that something else is.</summary>
    public static RenderSpec SpecOf(SimTask task) => task.Fate == "wrong_kind"
        ? task.Spec with { Kind = task.Spec.Kind == "still" ? "sound" : "still" }
        : task.Fate == "short" ? task.Spec with { Seconds = task.Spec.Seconds / 3 } : task.Spec;

    private static async Task SendAsync(HttpContext context, SimTask? task, ResultRenderer renderer)
    {
        if (task is null)
        {
            context.Response.StatusCode = 404;
            return;
        }
        if (long.TryParse(context.Request.Query["expires"], CultureInfo.InvariantCulture, out var expires)
            && TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds() > expires)
        {
            context.Response.StatusCode = 403;
            await context.Response.WriteAsync(
                "<?xml version=\"1.0\"?><Error><Code>AccessDenied</Code><Message>Request has expired</Message></Error>");
            return;
        }
        var path = await renderer.MakeAsync(SpecOf(task));
        var type = Path.GetExtension(path) switch { ".mp4" => "video/mp4", ".png" => "image/png", _ => "audio/mpeg" };
        switch (context.Items["fault"] as string)
        {
            case "truncated":
                await CutAsync(context, path, type, withLength: true);
                return;
            case "cut":
                await CutAsync(context, path, type, withLength: false);
                return;
            case "wrong_length":
                await WholeAsync(context, path, type, await File.ReadAllBytesAsync(path), shorter: 1000);
                return;
            case "wrong_type":
                context.Response.ContentType = "video/mp4";
                await context.Response.WriteAsync("{\"error\": \"not ready\"}");
                return;
            case "slow":
                await SlowAsync(context, path, type);
                return;
            default:
                await Microsoft.AspNetCore.Http.Results.File(
                    path,
                    type,
                    enableRangeProcessing: true,
                    entityTag: new Microsoft.Net.Http.Headers.EntityTagHeaderValue(
                        $"\"{Path.GetFileNameWithoutExtension(path)}\"")).ExecuteAsync(context);
                return;
        }
    }

    // Says the whole length and sends 60 % of it; without a length the end looks like an end.
    private static async Task CutAsync(HttpContext context, string path, string type, bool withLength)
    {
        var bytes = await File.ReadAllBytesAsync(path);
        context.Response.ContentType = type;
        context.Response.Headers.ETag = $"\"{Path.GetFileNameWithoutExtension(path)}\"";
        if (withLength)
        {
            context.Response.ContentLength = bytes.Length;
        }
        else
        {
            context.Response.Headers.Connection = "close";
        }
        await context.Response.Body.WriteAsync(bytes.AsMemory(0, bytes.Length * 6 / 10));
        await context.Response.Body.FlushAsync();
        if (withLength)
        {
            context.Abort();
        }
    }

    private static async Task WholeAsync(HttpContext context, string path, string type, byte[] bytes, int shorter)
    {
        context.Response.ContentType = type;
        context.Response.ContentLength = bytes.Length - shorter;
        context.Response.Headers.ETag = $"\"{Path.GetFileNameWithoutExtension(path)}-short\"";
        await context.Response.Body.WriteAsync(bytes.AsMemory(0, bytes.Length - shorter));
    }

    private static async Task SlowAsync(HttpContext context, string path, string type)
    {
        var bytes = await File.ReadAllBytesAsync(path);
        context.Response.ContentType = type;
        context.Response.ContentLength = bytes.Length;
        foreach (var part in bytes.Chunk(Math.Max(1, bytes.Length / 10)))
        {
            await context.Response.Body.WriteAsync(part);
            await context.Response.Body.FlushAsync();
            await Task.Delay(50);
        }
    }

    /// <summary>A signature that ends, for an address; empty where addresses do not end.</summary>
    public static string Signature(SimOptions options) => options.AddressSeconds <= 0
        ? ""
        : string.Create(
            CultureInfo.InvariantCulture,
            $"&expires={TimeProvider.System.GetUtcNow().AddSeconds(options.AddressSeconds).ToUnixTimeMilliseconds()}");

    /// <summary>The address of this program as the client sees it.</summary>
    public static string Origin(HttpContext context) =>
        string.Create(CultureInfo.InvariantCulture, $"{context.Request.Scheme}://{context.Request.Host}");
}
