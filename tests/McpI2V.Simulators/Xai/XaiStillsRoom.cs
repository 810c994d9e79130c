using System.Text.Json.Nodes;
using McpI2V.Simulators.Simulation;

namespace McpI2V.Simulators.Xai;

/// <summary>xAI's stills: answered when the work is done.</summary>
internal sealed class XaiStillsRoom(SimOptions options, TaskBook book, ResultRenderer renderer, Bill bill)
{
    public async Task<IResult> AnswerAsync(HttpContext context, bool isEdit)
    {
        if (XaiSimulator.Refuse(context, options) is { } refused)
        {
            return refused;
        }
        var body = await Reply.BodyAsync(context) ?? [];
        if (!XaiOrder.Has(body["model"]?.ToString(), isStill: true))
        {
            return XaiSimulator.NoModel(body["model"]?.ToString());
        }
        if (XaiOrder.FaultOfStill(body, isEdit) is var (code, words))
        {
            return XaiSimulator.Error(400, code, words);
        }
        if (XaiSimulator.Forbid(body, bill) is { } forbidden)
        {
            return forbidden;
        }
        var count = XaiOrder.CountOf(body);
        var file = XaiOrder.PicturesOf(body).Select(renderer.Keep).FirstOrDefault();
        var ratio = body["aspect_ratio"]?.ToString() is { } asked and not "auto" ? asked : null;
        var (width, height) = await PictureSize.WithAsync(ratio, $"{body["resolution"]}" == "2k" ? 1440 : 1024, file);
        var task = XaiSimulator.HeldBack(book.Take(new SimTask
        {
            Id = Guid.NewGuid().ToString(),
            Vendor = XaiSimulator.Vendor,
            Model = $"{body["model"]}",
            Spec = new RenderSpec("still", file, $"{body["model"]} {body["prompt"]}", width, height),
            Count = count,
            Usd = XaiOrder.UsdOfStill(body) * count,
            SubmittedAt = TimeProvider.System.GetUtcNow(),
        }));
        var bytes = Convert.ToBase64String(await File.ReadAllBytesAsync(await renderer.MakeAsync(task.Spec)));
        var left = task.DoneAt - TimeProvider.System.GetUtcNow();
        await Task.Delay(left > TimeSpan.Zero ? left : TimeSpan.Zero);
        if (task.Fate == "fail")
        {
            return XaiSimulator.Error(500, "internal_error", "The service had an internal error");
        }
        book.Settle();
        JsonNode Item() => task.Fate == "held_back"
            ? new JsonObject { ["respect_moderation"] = false }
            : $"{body["response_format"] ?? "url"}" == "b64_json"
            ? new JsonObject { ["b64_json"] = bytes, ["respect_moderation"] = true }
            : new JsonObject { ["url"] = $"{Delivery.Origin(context)}/xai/results/{task.Id}", ["respect_moderation"] = true };
        return Reply.Json(new JsonObject
        {
            ["data"] = new JsonArray([.. Enumerable.Range(0, task.Fate == "empty" ? 0 : count).Select(_ => Item())]),
            ["usage"] = XaiOrder.Usage(task.Usd),
        });
    }
}
