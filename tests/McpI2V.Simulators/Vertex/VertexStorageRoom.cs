using System.Text.Json.Nodes;
using McpI2V.Simulators.Simulation;
using McpI2V.Simulators.Simulation.FaultInjection;

namespace McpI2V.Simulators.Vertex;

/// <summary>Cloud Storage (JSON API v1): what was put into the one bucket, and the clips that were delivered there.</summary>
public sealed class VertexStorageRoom(Uploads uploads, TaskBook book, VertexTokenRoom tokens)
{
    /// <summary>The one bucket that there is.</summary>
    public const string Bucket = "simulated-bucket";

    /// <summary>The note of a task in which the place of its clip stands.</summary>
    public const string Place = "place";

    private const string Scheme = $"gs://{Bucket}/";

    /// <summary>Adds its addresses.</summary>
    public void Map(WebApplication app)
    {
        app.MapPost("/vertex/upload/storage/v1/b/{bucket}/o", PutAsync).WithMetadata(new Step(VertexSimulator.Vendor, "upload"));
        app.MapGet("/vertex/storage/v1/b/{bucket}/o", List).WithMetadata(new Step(VertexSimulator.Vendor, "list"));
        var deliver = Delivery.Handler(c => At(Uri.UnescapeDataString((string)c.GetRouteValue("name")!)));
        app
            .MapGet(
                "/vertex/storage/v1/b/{bucket}/o/{name}",
                c => (Refuse(c, Bucket) is { } no ? no.ExecuteAsync(c) : deliver(c)))
            .WithMetadata(new Step(VertexSimulator.Vendor, "download"));
    }

    /// <summary>The file behind an address in the bucket; null: there is none.</summary>
    public string? Find(string? address) => address is null ? null : uploads.Find(address);

    private async Task<IResult> PutAsync(HttpContext context, string bucket)
    {
        if (Refuse(context, bucket) is { } no)
        {
            return no;
        }
        var name = context.Request.Query["name"].ToString();
        if (name.Length == 0 || context.Request.Query["uploadType"] != "media")
        {
            return VertexSimulator.Error(400, "INVALID_ARGUMENT", "Required parameter: name");
        }
        await uploads.KeepAsync(Scheme + name, context.Request.Body, Guid.NewGuid().ToString("N"));
        return Reply.Json(new JsonObject { ["kind"] = "storage#object", ["bucket"] = bucket, ["name"] = name });
    }

    private IResult List(HttpContext context, string bucket)
    {
        if (Refuse(context, bucket) is { } no)
        {
            return no;
        }
        var prefix = Scheme + context.Request.Query["prefix"];
        book.Settle();
        var names = Delivered()
            .Select(t => t.Notes[Place])
            .Concat(uploads.Below(Scheme))
            .Where(p => p.StartsWith(prefix, StringComparison.Ordinal))
            .Select(p => (JsonNode)new JsonObject { ["name"] = p[Scheme.Length..] });
        // Nothing there: the member is not there either.
        JsonArray items = [.. names];
        return Reply.Json(items.Count == 0 ? [] : new JsonObject { ["items"] = items });
    }

    private SimTask? At(string name) => Delivered().FirstOrDefault(t => t.Notes[Place] == Scheme + name);

    private IEnumerable<SimTask> Delivered()
    {
        var now = TimeProvider.System.GetUtcNow();
        return book.All.Where(t => t.Notes.ContainsKey(Place) && t.Fate != "empty" && t.At(now) == SimState.Done);
    }

    private IResult? Refuse(HttpContext context, string bucket) => !tokens.Knows(context.Request)
        ? VertexSimulator.Error(401, "UNAUTHENTICATED", "Invalid Credentials")
        : bucket != Bucket ? VertexSimulator.Error(404, "NOT_FOUND", "The specified bucket does not exist.") : null;
}
