using System.Globalization;
using System.Text.Json.Nodes;
using McpI2V.Simulators.Simulation;

namespace McpI2V.Simulators.Xai;

/// <summary>
/// The account's files: what was uploaded, and clips that were to be kept. A kept clip has its request's id here, so that what is found by
/// its name can be held against the bill.
/// </summary>
internal sealed class XaiFilesRoom(SimOptions options, TaskBook book, Uploads uploads)
{
    public async Task<IResult> KeepAsync(HttpContext context)
    {
        if (XaiSimulator.Refuse(context, options) is { } refused)
        {
            return refused;
        }
        if (!context.Request.HasFormContentType)
        {
            return XaiSimulator.Error(400, "invalid_argument", "the body is no form");
        }
        var form = await context.Request.ReadFormAsync();
        if (form.Files.GetFile("file") is not { } file)
        {
            return XaiSimulator.Error(400, "invalid_argument", "file is missing");
        }
        if (form["expires_after"].FirstOrDefault() is { } text
            && (!int.TryParse(text, CultureInfo.InvariantCulture, out var seconds) || seconds is < 3600 or > 2_592_000))
        {
            return XaiSimulator.Error(400, "invalid_argument", "expires_after must be from 3600 to 2592000");
        }
        var id = $"file_{Guid.NewGuid():N}";
        await using var body = file.OpenReadStream();
        await uploads.KeepAsync(id, body, file.FileName);
        return Reply.Json(Told(id, file.FileName));
    }

    public IResult List(HttpContext context)
    {
        if (XaiSimulator.Refuse(context, options) is { } refused)
        {
            return refused;
        }
        var query = context.Request.Query;
        var limit = int.TryParse(query["limit"], CultureInfo.InvariantCulture, out var size) ? size : 100;
        var from = int.TryParse(query["pagination_token"], CultureInfo.InvariantCulture, out var place) ? place : 0;
        var filter = query["filter"].FirstOrDefault();
        var all = Kept().Where(t => filter is null || filter == $"name = \"{t.Notes["filename"]}\"").ToList();
        var list = new JsonObject
        {
            ["data"] = new JsonArray([.. all.Skip(from).Take(limit).Select(t => Told(t.Id, t.Notes["filename"]))]),
        };
        if (from + limit < all.Count)
        {
            list["pagination_token"] = $"{from + limit}";
        }
        return Reply.Json(list);
    }

    public IResult Look(HttpContext context, string id) =>
        XaiSimulator.Refuse(context, options)
        ?? (Kept().FirstOrDefault(t => t.Id == id) is { } task
            ? Reply.Json(Told(id, task.Notes["filename"]))
            : XaiSimulator.Error(404, "Some requested entity was not found", "File not found"));

    public SimTask? ContentOf(HttpContext context) =>
        XaiSimulator.Refuse(context, options) is null && context.GetRouteValue("id") is string id
            ? Kept().FirstOrDefault(t => t.Id == id)
            : null;

    private IEnumerable<SimTask> Kept()
    {
        book.Settle();
        var now = TimeProvider.System.GetUtcNow();
        return book.All
            .Where(t => t.Notes.ContainsKey("filename") && t.At(now) == SimState.Done && t.Fate is not ("held_back" or "empty"))
            .OrderByDescending(t => t.SubmittedAt);
    }

    private static JsonObject Told(string id, string name) => new()
    {
        ["id"] = id,
        ["object"] = "file",
        ["filename"] = name,
        ["bytes"] = 1000,
        ["created_at"] = TimeProvider.System.GetUtcNow().ToUnixTimeSeconds(),
    };
}
