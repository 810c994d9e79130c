using System.Globalization;
using System.Text.Json.Nodes;
using McpI2V.Simulators.Simulation;
using McpI2V.Simulators.Simulation.FaultInjection;

namespace McpI2V.Simulators.Gemini;

/// <summary>Interactions of the Omni models: in the background, delivered by address, remembered for the next turn.</summary>
public static class InteractionsSimulator
{
    private static readonly Dictionary<string, int> ShortSides = new(StringComparer.Ordinal)
    {
        ["360p"] = 360,
        ["720p"] = 720,
        ["1080p"] = 1080,
        ["4k"] = 2160,
    };

    // Tokens of a second of video, by resolution; 5,792 at 720p.
    private static readonly Dictionary<string, int> TokensOfASecond = new(StringComparer.Ordinal)
    {
        ["360p"] = 1931,
        ["720p"] = 5792,
        ["1080p"] = 8688,
        ["4k"] = 17376,
    };
    private static readonly Dictionary<string, decimal> Rates = new(StringComparer.Ordinal)
    {
        ["gemini-omni-1.2-flash"] = 12,
        ["gemini-omni-1.1-flash"] = 17.5m,
    };

    public static void MapInteractions(this WebApplication app, SimOptions options, TaskBook book, Uploads uploads)
    {
        var renderer = app.Services.GetRequiredService<ResultRenderer>();
        app
            .MapPost("/gemini/{version}/interactions", (Delegate)((HttpContext c) => CreateAsync(c, options, book, uploads, renderer)))
            .WithMetadata(new Step(GeminiSimulator.Vendor, "submit"));
        app
            .MapGet(
                "/gemini/{version}/interactions/{id}",
                (HttpContext c, string id) => GeminiSimulator.Refuse(c, options)
                    ?? (book.GetStatus(id) is { } task
                        ? Reply.Json(Shown(c, task))
                        : GeminiSimulator.Error(404, "NOT_FOUND", "Interaction not found.")))
            .WithMetadata(new Step(GeminiSimulator.Vendor, "status"));
        app.MapPost("/gemini/{version}/interactions/{id}/cancel", (HttpContext c, string id) =>
        {
            if (GeminiSimulator.Refuse(c, options) is { } refused)
            {
                return refused;
            }
            if (book.Find(id) is not { } task)
            {
                return GeminiSimulator.Error(404, "NOT_FOUND", "Interaction not found.");
            }
            book.Cancel(task);
            return Reply.Json(Shown(c, task));
        }).WithMetadata(new Step(GeminiSimulator.Vendor, "cancel"));
    }

    private static async Task<IResult> CreateAsync(
        HttpContext context,
        SimOptions options,
        TaskBook book,
        Uploads uploads,
        ResultRenderer renderer)
    {
        if (GeminiSimulator.Refuse(context, options) is { } refused)
        {
            return refused;
        }
        var body = await Reply.BodyAsync(context) ?? [];
        var model = body["model"]?.ToString() ?? "";
        if (!GeminiSimulator.Clips.Contains(model))
        {
            return GeminiSimulator.Error(404, "NOT_FOUND", $"Model {model} is not found.");
        }
        var format = body["response_format"];
        var resolution = format?["resolution"]?.ToString() ?? "720p";
        var task = body["generation_config"]?["video_config"]?["task"]?.ToString();
        var longest = model.Contains("1.2", StringComparison.Ordinal) ? 15 : 10;
        var seconds = double.TryParse(format?["duration"]?.ToString().TrimEnd('s'), CultureInfo.InvariantCulture, out var wanted)
            ? wanted
            : (double?)null;
        if (Wrong(body, format, resolution, seconds, longest, book) is { } wrong)
        {
            return wrong;
        }
        var content = Content(body["input"]).ToList();
        var prompt = string.Join(' ', content.Where(p => p["type"]?.ToString() == "text").Select(p => p["text"]?.ToString()));
        prompt = body["input"] is JsonValue plain ? plain.ToString() : prompt;
        var pictures = content
            .Where(p => p["type"]?.ToString() is "image" or "video")
            .Select(p => p["data"]?.ToString() is { } data ? renderer.Keep(data) : uploads.Behind(p["uri"]?.ToString()))
            .ToList();
        var before = body["previous_interaction_id"]?.ToString() is { } thread ? book.Find(thread) : null;
        var picture = pictures.FirstOrDefault() ?? before?.Spec.Picture;
        var length = seconds ?? before?.Spec.Seconds ?? (task is "edit" or "extend" ? (await PictureSize.OfAsync(picture)).Seconds : 10);
        var (width, height) = await PictureSize.WithAsync(
            format?["aspect_ratio"]?.ToString() ?? (before is null && task is null or "image_to_video" ? "16:9" : null),
            ShortSides[resolution],
            picture);
        var tokens = (long)Math.Round(length * TokensOfASecond[resolution]);
        var input = (prompt.Length / 4) + (pictures.Count * 2040L);
        var id = Guid.NewGuid().ToString("N");
        var made = book.Take(new SimTask
        {
            Id = "v1_" + id,
            Vendor = GeminiSimulator.Vendor,
            Model = model,
            Spec = new RenderSpec("clip", picture, $"{model} {prompt}", width, height, length, HasSound: true),
            Usd = ((input * 1.5m) + (tokens * Rates[model])) / 1_000_000m,
            SubmittedAt = TimeProvider.System.GetUtcNow(),
        });
        (made.Notes["input"], made.Notes["tokens"]) = (
            input.ToString(CultureInfo.InvariantCulture),
            tokens.ToString(CultureInfo.InvariantCulture));
        // Without a video there are no video tokens.
        made.Usd = made.Fate == "empty" ? 0 : made.Usd;
        return Reply.Json(Shown(context, made));
    }

    private static IResult? Wrong(JsonObject body, JsonNode? format, string resolution, double? seconds, int longest, TaskBook book)
    {
        if (body["background"]?.GetValue<bool>() == true && body["store"]?.GetValue<bool>() == false)
        {
            return GeminiSimulator.Error(400, "invalid_request", "background requires store.");
        }
        if (!ShortSides.ContainsKey(resolution))
        {
            return GeminiSimulator.Error(400, "invalid_request",
                $"response_format.resolution: {resolution} is not one of 360p, 720p, 1080p, 4k.");
        }
        if (format?["aspect_ratio"]?.ToString() is { } ratio and not ("16:9" or "9:16"))
        {
            return GeminiSimulator.Error(400, "invalid_request", $"response_format.aspect_ratio: {ratio} is not one of 16:9, 9:16.");
        }
        if (seconds < 3 || seconds > longest)
        {
            return GeminiSimulator.Error(400, "invalid_request", $"response_format.duration: must be between 3s and {longest}s.");
        }
        return body["previous_interaction_id"]?.ToString() is { } thread && book.Find(thread) is null
            ? GeminiSimulator.Error(404, "NOT_FOUND", "previous_interaction_id was not found.")
            : null;
    }

    // A text, a list of parts, or a list of turns.
    private static IEnumerable<JsonObject> Content(JsonNode? input) => input switch
    {
        JsonArray list => list.OfType<JsonObject>().SelectMany(i => i["type"]?.ToString() == "user_input" ? Content(i["content"]) : [i]),
        JsonObject one => [one],
        _ => [],
    };

    private static JsonObject Shown(HttpContext context, SimTask task)
    {
        var state = task.At(TimeProvider.System.GetUtcNow());
        var shown = new JsonObject
        {
            ["id"] = task.Id,
            ["object"] = "interaction",
            ["model"] = task.Model,
            ["created"] = task.SubmittedAt.ToString("O", CultureInfo.InvariantCulture),
        };
        switch (state)
        {
            case SimState.Canceled:
                shown["status"] = "cancelled";
                break;
            case SimState.Failed when task.Fate == "fail":
                shown["status"] = "failed";
                shown["errors"] = new JsonArray(new JsonObject { ["code"] = "internal", ["message"] = "The model is overloaded." });
                break;
            // A refused one is completed, and there is no video in it.
            case SimState.Failed or SimState.Done when task.Fate is "refuse" or "empty":
                shown["status"] = "completed";
                shown["steps"] = new JsonArray();
                shown["usage"] = new JsonObject { ["total_input_tokens"] = 0, ["total_output_tokens"] = 0 };
                break;
            case SimState.Done:
                var tokens = long.Parse(task.Notes["tokens"], CultureInfo.InvariantCulture);
                JsonNode video = new JsonObject
                {
                    ["type"] = "video",
                    ["mime_type"] = "video/mp4",
                    ["uri"] = $"{Delivery.Origin(context)}/gemini/v1beta/files/out{task.Id[3..]}",
                };
                JsonNode step = new JsonObject { ["type"] = "model_output", ["content"] = new JsonArray(video) };
                JsonNode byKind = new JsonObject { ["modality"] = "video", ["tokens"] = tokens };
                shown["status"] = "completed";
                shown["steps"] = new JsonArray(step);
                shown["usage"] = new JsonObject
                {
                    ["total_input_tokens"] = long.Parse(task.Notes["input"], CultureInfo.InvariantCulture),
                    ["total_output_tokens"] = tokens,
                    ["output_tokens_by_modality"] = new JsonArray(byKind),
                };
                break;
            default:
                shown["status"] = state == SimState.Waiting ? "queued" : "in_progress";
                break;
        }
        return shown;
    }
}
