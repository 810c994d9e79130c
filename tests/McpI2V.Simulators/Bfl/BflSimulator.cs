using System.Text.Json.Nodes;
using McpI2V.Simulators.Simulation;
using McpI2V.Simulators.Simulation.FaultInjection;

namespace McpI2V.Simulators.Bfl;

/// <summary>
/// Black Forest Labs' API (contract sheet of 2026-11-21; @ai-sdk/black-forest-labs 2.0.41). The global address does not know what its
/// cluster took, as the real one does not. A prompt with the word "forbidden" is stopped by moderation, which costs nothing.
/// </summary>
public static class BflSimulator
{
    public static readonly SimulatedProvider Provider = new("Bfl", "BFL_API_KEY", Map);

    private const string Vendor = "bfl";
    private const string Cluster = "/bfl/us1/v1/get_result";

    public static void Map(WebApplication app)
    {
        var options = app.Services.GetRequiredService<SimOptions>();
        var room = new Room(
            options,
            app.Services.GetRequiredService<ProviderSet>().Book(Vendor),
            app.Services.GetRequiredService<ResultRenderer>());
        foreach (var endpoint in BflOrder.Endpoints)
        {
            app
                .MapPost($"/bfl/v1/{endpoint}", (Delegate)((HttpContext c) => room.SubmitAsync(c, endpoint)))
                .WithMetadata(new Step(Vendor, "submit"));
        }
        app.MapGet(Cluster, room.Look).WithMetadata(new Step(Vendor, "status"));
        app
            .MapGet("/bfl/v1/get_result", (HttpContext c) => Room.Unknown($"{c.Request.Query["id"]}"))
            .WithMetadata(new Step(Vendor, "status"));
        app
            .MapGet("/bfl/v1/credits", (HttpContext c) => room.Refuse(c) ?? Reply.Json(new JsonObject { ["credits"] = 1234.5 }))
            .WithMetadata(new Step(Vendor, "key"));
        app.MapResults(Vendor, "/bfl/results/{id}", c => room.Book.Find((string)c.GetRouteValue("id")!));
    }

    private sealed class Room(SimOptions options, TaskBook book, ResultRenderer renderer)
    {
        public TaskBook Book => book;

        public async Task<IResult> SubmitAsync(HttpContext context, string endpoint)
        {
            if (Refuse(context) is { } refused)
            {
                return refused;
            }
            if (await Reply.BodyAsync(context) is not { } body)
            {
                return Reply.Json(new JsonObject { ["detail"] = "the body is no JSON" }, 422);
            }
            if (BflOrder.Fault(endpoint, body) is var (member, words))
            {
                var fault = new JsonObject { ["type"] = "value_error", ["loc"] = new JsonArray("body", member), ["msg"] = words };
                return Reply.Json(new JsonObject { ["detail"] = new JsonArray(fault) }, 422);
            }
            var task = book.Take(await TaskAsync(endpoint, body));
            return Reply.Json(new JsonObject
            {
                ["id"] = task.Id,
                ["polling_url"] = $"{Delivery.Origin(context)}{Cluster}?id={task.Id}",
                ["cost"] = task.Usd * 100,
                ["input_mp"] = null,
                ["output_mp"] = decimal.Round(task.Spec.Width * task.Spec.Height / 1_000_000m, 2),
            });
        }

        public IResult Look(HttpContext context)
        {
            if (Refuse(context) is { } refused)
            {
                return refused;
            }
            var id = $"{context.Request.Query["id"]}";
            return book.GetStatus(id) is { } task && task.Fate != "forgotten" ? Reply.Json(Told(task, context)) : Unknown(id);
        }

        public static IResult Unknown(string id) =>
            Reply.Json(new JsonObject { ["id"] = id, ["status"] = "Task not found", ["result"] = null }, 404);

        public IResult? Refuse(HttpContext context) => context.Request.Headers["x-key"] == options.Key
            ? null
            : Reply.Json(new JsonObject { ["detail"] = "Not authenticated - Invalid Authentication" }, 403);

        private JsonObject Told(SimTask task, HttpContext context)
        {
            var now = TimeProvider.System.GetUtcNow();
            var told = new JsonObject { ["id"] = task.Id, ["result"] = null, ["progress"] = null, ["details"] = null, ["preview"] = null };
            var plans = task.Model == BflOrder.Video;
            switch (task.At(now))
            {
                case SimState.Waiting or SimState.Working when !plans || task.At(now) == SimState.Waiting:
                    told["status"] = "Pending";
                    return told;
                case SimState.Working:
                    (told["status"], told["progress"]) = (task.Progress(now) < 0.3 ? "Reasoning" : "Generating", task.Progress(now));
                    return told;
                case SimState.Failed when task.Fate == "refuse":
                    told["status"] = plans ? "Content Moderated" : "Request Moderated";
                    told["details"] = new JsonObject { ["Moderation Reasons"] = new JsonArray("Protected Content") };
                    return told;
                case SimState.Failed:
                    (told["status"], told["details"]) = ("Error", new JsonObject { ["error"] = "the worker was lost" });
                    return told;
                default:
                    told["status"] = "Ready";
                    told["result"] = Result(task, context);
                    if (BflOrder.TellsCost(task.Model))
                    {
                        told["cost"] = task.Usd * 100;
                    }
                    return told;
            }
        }

        private JsonObject Result(SimTask task, HttpContext context)
        {
            if (task.Fate == "empty")
            {
                return [];
            }
            var origin = task.Fate == "forbidden_address" ? "https://10.0.0.1" : Delivery.Origin(context);
            var made = new JsonObject
            {
                ["sample"] = $"{origin}/bfl/results/{task.Id}?sig=signed{Delivery.Signature(options)}",
                ["start_time"] = 1,
                ["end_time"] = 2,
            };
            if (task.Spec.Kind == "still")
            {
                (made["seed"], made["duration"]) = (7, 1);
            }
            if (task.Notes.ContainsKey("draft"))
            {
                made["draft_cache"] = $"{origin}/bfl/drafts/{task.Id}";
            }
            return made;
        }

        private async Task<SimTask> TaskAsync(string endpoint, JsonObject body)
        {
            var media = BflOrder.MediaOf(body)
                .Select(m => m.StartsWith("http", StringComparison.Ordinal) ? null : renderer.Keep(m))
                .ToList();
            var file = media.FirstOrDefault();
            var source = await PictureSize.OfAsync(file);
            var (width, height) = await SizeAsync(endpoint, body, file);
            var isClip = BflOrder.MakesClip(endpoint);
            var isNew = endpoint == BflOrder.Video;
            var seconds = isNew ? BflOrder.SecondsOf(body) : source.Seconds;
            var megapixels = width * height / 1_000_000m;
            var paid = (int)Math.Ceiling(megapixels);
            foreach (var picture in isClip ? [] : media)
            {
                var (w, h, _) = await PictureSize.OfAsync(picture);
                paid += (int)Math.Ceiling(w * h / 1_000_000m);
            }
            var task = new SimTask
            {
                Id = Guid.NewGuid().ToString(),
                Vendor = Vendor,
                Model = endpoint,
                Spec = new RenderSpec(
                    isClip ? "clip" : "still",
                    file,
                    $"{endpoint} {body["prompt"]}",
                    width,
                    height,
                    seconds,
                    isNew && ((bool?)body["generate_audio"] ?? true)),
                Usd = isClip ? BflOrder.Usd(endpoint, body, (megapixels, seconds)) : BflOrder.UsdOfStill(endpoint, body, paid),
                SubmittedAt = TimeProvider.System.GetUtcNow(),
                Fate = $"{body["prompt"]}".Contains("forbidden", StringComparison.Ordinal) ? "refuse" : null,
            };
            if ((bool?)body["draft"] == true)
            {
                task.Notes["draft"] = "";
            }
            return task;
        }

        // Clips and FLUX 3 stills are as many pixels wide and high as the model's steps allow.
        private static async Task<(int Width, int Height)> SizeAsync(string endpoint, JsonObject body, string? file)
        {
            if (endpoint == BflOrder.Upscale)
            {
                var (w, h, _) = await PictureSize.OfAsync(file);
                var factor = (double?)body["upscale_factor"] ?? 2;
                return ((int)Math.Round(w * factor), (int)Math.Round(h * factor));
            }
            if (BflOrder.SideOf(endpoint, body) is > 0 and var side)
            {
                var ratio = body["aspect_ratio"]?.ToString() is { } asked and not "auto" ? asked : null;
                var (width, height) = await PictureSize.WithAsync(ratio ?? (file is null ? "16:9" : null), side, file);
                return (Stepped(width), Stepped(height));
            }
            return ((int?)body["width"] ?? 1024, (int?)body["height"] ?? 1024);
        }

        private static int Stepped(int side) => (int)Math.Round(side / 32.0) * 32;
    }
}
