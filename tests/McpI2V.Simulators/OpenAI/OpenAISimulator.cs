using System.Globalization;
using System.Text.Json.Nodes;
using McpI2V.Simulators.Simulation;
using McpI2V.Simulators.Simulation.FaultInjection;

namespace McpI2V.Simulators.OpenAI;

/// <summary>
/// OpenAI's models and images (openai 7.55.0); its videos are gone. The answer is the result, after as long as the work takes.
/// </summary>
public static class OpenAISimulator
{
    public static readonly SimulatedProvider Provider = new("OpenAI", "OPENAI_API_KEY", Map);

    private const string Vendor = "openai";

    // The models that are served, each with its last day.
    private static readonly Dictionary<string, string?> Models = new(StringComparer.Ordinal)
    {
        ["gpt-image-2.6-flare"] = null,
        ["gpt-image-2.6-sunburst"] = null,
        ["gpt-image-2.5-flare"] = null,
        ["gpt-image-2.5-sunburst"] = null,
        ["gpt-image-2"] = null, ["gpt-image-1.5"] = "2026-12-01", ["gpt-image-1-mini"] = "2026-12-01", ["chatgpt-image-latest"] =
            "2026-12-01",
    };

    public static void Map(WebApplication app)
    {
        var room = new Room(
            app.Services.GetRequiredService<SimOptions>(),
            app.Services.GetRequiredService<ProviderSet>().Book(Vendor),
            app.Services.GetRequiredService<ResultRenderer>());
        app.MapGet("/openai/v1/models", room.List).WithMetadata(new Step(Vendor, "key"));
        app.MapGet("/openai/v1/models/{id}", room.One).WithMetadata(new Step(Vendor, "key"));
        app.MapPost("/openai/v1/images/generations", (Delegate)room.GenerateAsync).WithMetadata(new Step(Vendor, "submit"));
        app.MapPost("/openai/v1/images/edits", (Delegate)room.EditAsync).WithMetadata(new Step(Vendor, "submit")).DisableAntiforgery();
        app.MapPost(
            "/openai/v1/videos",
            (HttpContext c) => room.Refuse(c) ?? Room.Error(404, "The model `sora-2` does not exist", "model_not_found", "model"));
    }

    private sealed class Room(SimOptions options, TaskBook book, ResultRenderer renderer)
    {
        public IResult? Refuse(HttpContext context) => context.Request.Headers.Authorization == $"Bearer {options.Key}"
            ? null
            : Error(
                401,
                $"Incorrect API key provided: {context.Request.Headers.Authorization.ToString().Split(' ').Last()}. You can find your " +
                    "API key at https://platform.openai.com/account/api-keys.",
                "invalid_api_key",
                null);

        public IResult List(HttpContext context) => Refuse(context)
            ?? Reply.Json(new JsonObject
            {
                ["object"] = "list",
                ["data"] = new JsonArray([.. Models.Select(m => (JsonNode)Model(m.Key))]),
            });

        public IResult One(HttpContext context, string id) =>
            Refuse(context)
                ?? (Models.ContainsKey(id)
                    ? Reply.Json(Model(id))
                    : Error(404, $"The model '{id}' does not exist", "model_not_found", "model"));

        public async Task<IResult> GenerateAsync(HttpContext context)
        {
            if (Refuse(context) is { } refused)
            {
                return refused;
            }
            var body = await Reply.BodyAsync(context) ?? [];
            if (body.ContainsKey("seed"))
            {
                return Error(400, "Unknown parameter: 'seed'.", "unknown_parameter", "seed");
            }
            return await MakeAsync(body.ToDictionary(m => m.Key, m => m.Value?.ToString() ?? "", StringComparer.Ordinal), []);
        }

        public async Task<IResult> EditAsync(HttpContext context)
        {
            if (Refuse(context) is { } refused)
            {
                return refused;
            }
            var form = await context.Request.ReadFormAsync();
            List<string> pictures = [];
            foreach (var file in form.Files.Where(f => f.Name is "image" or "image[]"))
            {
                await using var bytes = file.OpenReadStream();
                pictures.Add(await renderer.KeepAsync(bytes, file.FileName));
            }
            return pictures.Count == 0
                ? Error(400, "Missing required parameter: 'image'.", "missing_required_parameter", "image")
                : await MakeAsync(form.ToDictionary(f => f.Key, f => f.Value.ToString(), StringComparer.Ordinal), pictures);
        }

        private async Task<IResult> MakeAsync(Dictionary<string, string> fields, List<string> pictures)
        {
            var model = fields.GetValueOrDefault("model") ?? "gpt-image-2";
            if (!Models.ContainsKey(model))
            {
                return Error(404, $"The model '{model}' does not exist", "model_not_found", "model");
            }
            if (string.IsNullOrEmpty(fields.GetValueOrDefault("prompt")))
            {
                return Error(400, "Missing required parameter: 'prompt'.", "missing_required_parameter", "prompt");
            }
            var size = (fields.GetValueOrDefault("size") is { } s and not ("auto" or "") ? s : "1024x1024")
                .Split('x')
                .Select(n => int.Parse(n, CultureInfo.InvariantCulture))
                .ToArray();
            if (size.Any(n => n % 16 != 0) || size.Max() > 3840 || (double)size.Max() / size.Min() > 3)
            {
                return Error(
                    400,
                    "Invalid size: width and height must be divisible by 16, at most 3840, with sides from 1:3 to 3:1.",
                    "invalid_value",
                    "size");
            }
            var count = int.TryParse(fields.GetValueOrDefault("n"), out var n) ? n : 1;
            var perPicture = (long)(size[0] * (double)size[1] / (1024 * 1024) * (fields.GetValueOrDefault("quality") switch
            {
                "low" => 272,
                "high" => 4160,
                "xhigh" or "max" => 8000,
                _ => 1056,
            }));
            var (text, image, output) = (fields["prompt"].Length / 4, pictures.Count * 1000L, perPicture * count);
            var task = book.Take(new SimTask
            {
                Id = Guid.NewGuid().ToString("N"),
                Vendor = Vendor,
                Model = model,
                Spec = new RenderSpec("still", pictures.FirstOrDefault(), $"{model} {fields["prompt"]}", size[0], size[1]),
                Count = count,
                Usd = ((text * 5m) + (image * 8m) + (output * 30m)) / 1_000_000m,
                SubmittedAt = TimeProvider.System.GetUtcNow(),
            });
            if (task.Fate == "refuse")
            {
                return Error(
                    400,
                    "Your request was rejected by the safety system. safety_violations=[violence].",
                    "moderation_blocked",
                    null);
            }
            var path = await renderer.MakeAsync(task.Spec);
            var left = task.DoneAt - TimeProvider.System.GetUtcNow();
            await Task.Delay(left > TimeSpan.Zero ? left : TimeSpan.Zero);
            if (task.Fate == "fail")
            {
                return Error(500, "The server had an error processing your request.", null, null);
            }
            book.Settle();
            var data = Convert.ToBase64String(await File.ReadAllBytesAsync(task.Fate == "wrong_kind"
                ? await renderer.MakeAsync(task.Spec with { Kind = "sound" })
                : path));
            return Reply.Json(new JsonObject
            {
                ["created"] = TimeProvider.System.GetUtcNow().ToUnixTimeSeconds(),
                ["output_format"] = "png",
                ["size"] = $"{size[0]}x{size[1]}",
                ["data"] = new JsonArray([.. Enumerable.Range(0, task.Fate == "empty" ? 0 : count).Select(i => (JsonNode)new JsonObject
                {
                    ["b64_json"] = task.Fate == "bad_base64" || (task.Fate == "one_bad_base64" && i == 0) ? "%%" + data : data,
                })]),
                ["usage"] = new JsonObject
                {
                    ["input_tokens"] = text + image,
                    ["input_tokens_details"] = new JsonObject { ["text_tokens"] = text, ["image_tokens"] = image },
                    ["output_tokens"] = output,
                    ["total_tokens"] = text + image + output,
                },
            });
        }

        public static IResult Error(int status, string words, string? code, string? member) =>
            Reply.Json(
                new JsonObject { ["error"] = new JsonObject
                {
                    ["message"] = words,
                    ["type"] = status == 500 ? "server_error" : "invalid_request_error",
                    ["param"] = member,
                    ["code"] = code,
                } },
                status);

        private static JsonObject Model(string id) => new()
        {
            ["id"] = id,
            ["object"] = "model",
            ["created"] = 1_760_000_000,
            ["owned_by"] = "openai",
            ["shutdown_date"] = Models[id],
        };
    }
}
