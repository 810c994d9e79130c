using System.Text.Json.Nodes;
using McpI2V.Simulators.Simulation;
using McpI2V.Simulators.Simulation.FaultInjection;

namespace McpI2V.Simulators.Ark;

/// <summary>Ark's stills: answered when the work is done.</summary>
public static class ArkStillsSimulator
{
    private const long LeastPixelsOfLite = 3_686_400;

    // The most references, and dollars a picture by its pixels; each reference costs besides where it says so.
    private static readonly Dictionary<string, (int References, decimal Small, decimal Large, decimal EachIn)> Models = new()
    {
        ["seedream-5-5-261028"] = (10, 0.02m, 0.035m, 0.008m),
        ["dola-seedream-5-0-pro-260628"] = (10, 0.045m, 0.09m, 0),
        ["seedream-5-0-260128"] = (14, 0.035m, 0.035m, 0),
    };

    public static void MapArkStills(
        this WebApplication app,
        SimOptions options,
        TaskBook book,
        ResultRenderer renderer) => app
        .MapPost("/ark/api/v3/images/generations", async (HttpContext context) =>
        {
            if (ArkSimulator.Refuse(context, options) is { } refused)
            {
                return refused;
            }
            var body = await Reply.BodyAsync(context);
            if (!Models.TryGetValue($"{body?["model"]}", out var model))
            {
                return ArkSimulator.NoModel(body?["model"]?.ToString());
            }
            if (body!["prompt"]?.ToString() is not { Length: > 0 } prompt)
            {
                return ArkSimulator.Error(400, "MissingParameter", "The request failed because it is missing the `prompt` parameter.");
            }
            var named = body["image"] is JsonArray list ? list.Select(i => $"{i}").ToList() : body["image"] is { } one ? [$"{one}"] : [];
            if (named.Count > model.References)
            {
                return ArkSimulator.Error(400, "InvalidParameter.image", $"at most {model.References} images");
            }
            var size = ArkOrder.Pixels($"{body["size"]}") ?? (2048, 2048);
            if ($"{body["model"]}" == "seedream-5-0-260128" && (long)size.Item1 * size.Item2 < LeastPixelsOfLite)
            {
                return ArkSimulator.Error(400, "InvalidParameter.size", $"size must be at least {LeastPixelsOfLite} pixels");
            }
            var usd = ((long)size.Item1 * size.Item2 < 2_500_000 ? model.Small : model.Large) + (model.EachIn * named.Count);
            var pictures = named.Where(n => n.StartsWith("data:", StringComparison.Ordinal)).Select(renderer.Keep).ToList();
            var task = book.Take(new SimTask
            {
                Id = Guid.NewGuid().ToString("N"),
                Vendor = ArkSimulator.Vendor,
                Model = $"{body["model"]}",
                Spec = new RenderSpec("still", pictures.FirstOrDefault(), $"{body["model"]} {prompt}", size.Item1, size.Item2),
                Usd = usd,
                SubmittedAt = TimeProvider.System.GetUtcNow(),
            });
            return await AnswerAsync(task, book, renderer, $"{body["response_format"] ?? "url"}", Delivery.Origin(context));
        })
        .WithMetadata(new Step(ArkSimulator.Vendor, "submit"));

    private static async Task<IResult> AnswerAsync(SimTask task, TaskBook book, ResultRenderer renderer, string format, string origin)
    {
        var bytes = await File.ReadAllBytesAsync(await renderer.MakeAsync(task.Spec));
        var left = task.DoneAt - TimeProvider.System.GetUtcNow();
        await Task.Delay(left > TimeSpan.Zero ? left : TimeSpan.Zero);
        if (task.Fate == "fail")
        {
            return ArkSimulator.Error(500, "InternalServiceError", "The service encountered an unexpected internal error.");
        }
        book.Settle();
        var isMade = task.Fate is not ("refuse" or "empty");
        JsonNode item = task.Fate == "refuse"
            ? new JsonObject { ["error"] = new JsonObject
            {
                ["code"] = "OutputImageSensitiveContentDetected",
                ["message"] = "The request failed because the output image may contain sensitive information.",
            } }
            : format == "b64_json"
            ? new JsonObject { ["b64_json"] = Convert.ToBase64String(bytes), ["size"] = $"{task.Spec.Width}x{task.Spec.Height}" }
            : new JsonObject { ["url"] = $"{origin}/ark/results/{task.Id}", ["size"] = $"{task.Spec.Width}x{task.Spec.Height}" };
        return Reply.Json(new JsonObject
        {
            ["model"] = task.Model,
            ["created"] = TimeProvider.System.GetUtcNow().ToUnixTimeSeconds(),
            ["data"] = task.Fate == "empty" ? new JsonArray() : new JsonArray(item),
            ["usage"] = new JsonObject { ["generated_images"] = isMade ? 1 : 0, ["output_tokens"] = 4096, ["total_tokens"] = 4096 },
        });
    }
}
