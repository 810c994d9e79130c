using System.Text.Json.Nodes;
using McpI2V.Simulators.Simulation;
using McpI2V.Simulators.Simulation.FaultInjection;

namespace McpI2V.Simulators.Gemini;

/// <summary>generateContent of the image models: answered when the work is done.</summary>
public static class GeminiStillsSimulator
{
    private static readonly Dictionary<string, (int ShortSide, int Tokens)> Sizes = new(StringComparer.Ordinal)
    {
        ["1K"] = (1024, 1120),
        ["2K"] = (2048, 1680),
        ["4K"] = (4096, 2520),
    };

    // Dollars a million tokens: in, picture, text.
    private static readonly Dictionary<string, (decimal In, decimal Picture, decimal Text)> Rates = new(StringComparer.Ordinal)
    {
        ["gemini-nano-banana-2.1"] = (1.5m, 30, 7.5m),
        ["gemini-3.1-flash-lite-image"] = (0.25m, 30, 1.5m),
        ["gemini-3-pro-image"] = (2, 120, 12),
    };

    public static void MapGeminiStills(
        this WebApplication app,
        SimOptions options,
        TaskBook book,
        Uploads uploads,
        ResultRenderer renderer) => app
        .MapPost("/gemini/{version}/models/{model}:generateContent", async (HttpContext context, string model) =>
        {
            if (GeminiSimulator.Refuse(context, options) is { } refused)
            {
                return refused;
            }
            if (!GeminiSimulator.Stills.Contains(model))
            {
                return GeminiSimulator.Clips.Contains(model)
                    ? GeminiSimulator.Error(400, "INVALID_ARGUMENT", $"{model} only supports the Interactions API.")
                    : GeminiSimulator.Error(404, "NOT_FOUND",
                        $"models/{model} is not found for API version v1beta, or is not supported for generateContent.");
            }
            var body = await Reply.BodyAsync(context);
            var parts = (body?["contents"] as JsonArray)?.SelectMany(c => c?["parts"] as JsonArray ?? []).OfType<JsonObject>().ToList()
                ?? [];
            var prompt = string.Join(' ', parts.Select(p => p["text"]?.ToString()).OfType<string>());
            if (prompt.Length == 0)
            {
                return GeminiSimulator.Error(400, "INVALID_ARGUMENT", "contents: a text part is required.");
            }
            var config = body!["generationConfig"]?["imageConfig"];
            if (config?["imageSize"]?.ToString() is { } named && !Sizes.ContainsKey(named))
            {
                return GeminiSimulator.Error(400, "INVALID_ARGUMENT",
                    $"Invalid value at 'generation_config.image_config.image_size': \"{named}\"");
            }
            var pictures = parts
                .Select(p => p["inlineData"]?["data"]?.ToString() is { } data
                    ? renderer.Keep(data)
                    : uploads.Behind(p["fileData"]?["fileUri"]?.ToString()))
                .OfType<string>()
                .ToList();
            var (shortSide, tokens) = Sizes[config?["imageSize"]?.ToString() ?? "1K"];
            var (width, height) = await PictureSize.WithAsync(
                config?["aspectRatio"]?.ToString() ?? (pictures.Count == 0 ? "1:1" : null),
                shortSide,
                pictures.FirstOrDefault());
            var input = (prompt.Length / 4) + (pictures.Count * 1120L);
            var rates = Rates[model];
            var task = book.Take(new SimTask
            {
                Id = Guid.NewGuid().ToString("N"),
                Vendor = GeminiSimulator.Vendor,
                Model = model,
                Spec = new RenderSpec("still", pictures.FirstOrDefault(), $"{model} {prompt}", width, height),
                Usd = ((input * rates.In) + (tokens * rates.Picture)) / 1_000_000m,
                SubmittedAt = TimeProvider.System.GetUtcNow(),
            });
            task.Notes["words"] = options.Words;
            return await AnswerAsync(task, book, renderer, input, tokens);
        })
        .WithMetadata(new Step(GeminiSimulator.Vendor, "submit"));

    private static async Task<IResult> AnswerAsync(SimTask task, TaskBook book, ResultRenderer renderer, long input, long tokens)
    {
        if (task.Fate == "refuse")
        {
            return Reply.Json(new JsonObject
            {
                ["promptFeedback"] = new JsonObject { ["blockReason"] = "PROHIBITED_CONTENT" },
                ["usageMetadata"] = new JsonObject { ["promptTokenCount"] = 0, ["totalTokenCount"] = 0 },
                ["responseId"] = task.Id,
            });
        }
        var spec = task.Fate == "wrong_kind" ? task.Spec with { Kind = "sound" } : task.Spec;
        var bytes = await File.ReadAllBytesAsync(await renderer.MakeAsync(spec));
        var left = task.DoneAt - TimeProvider.System.GetUtcNow();
        await Task.Delay(left > TimeSpan.Zero ? left : TimeSpan.Zero);
        if (task.Fate == "fail")
        {
            return GeminiSimulator.Error(500, "INTERNAL", "An internal error has occurred.");
        }
        book.Settle();
        JsonArray parts = [];
        JsonNode text = new JsonObject { ["text"] = task.Notes["words"] };
        parts.Add(text);
        if (task.Fate != "empty")
        {
            JsonNode picture = new JsonObject
            {
                ["inlineData"] = new JsonObject { ["mimeType"] = "image/png", ["data"] = Convert.ToBase64String(bytes) },
            };
            parts.Add(picture);
        }
        JsonNode candidate = new JsonObject
        {
            ["content"] = new JsonObject { ["role"] = "model", ["parts"] = parts },
            ["finishReason"] = "STOP",
            ["index"] = 0,
        };
        JsonNode byKind = new JsonObject { ["modality"] = "IMAGE", ["tokenCount"] = tokens };
        return Reply.Json(new JsonObject
        {
            ["candidates"] = new JsonArray(candidate),
            ["usageMetadata"] = new JsonObject
            {
                ["promptTokenCount"] = input,
                ["candidatesTokenCount"] = tokens,
                ["totalTokenCount"] = input + tokens,
                ["candidatesTokensDetails"] = new JsonArray(byKind),
            },
            ["modelVersion"] = task.Model,
            ["responseId"] = task.Id,
        });
    }
}
