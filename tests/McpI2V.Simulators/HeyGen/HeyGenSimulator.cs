using System.Globalization;
using System.Text.Json.Nodes;
using McpI2V.Simulators.Simulation;
using McpI2V.Simulators.Simulation.FaultInjection;

namespace McpI2V.Simulators.HeyGen;

/// <summary>HeyGen's API v3: assets, talking pictures, its model for clips, the account (heygen-cli 2026-07; clients of 2026-10).</summary>
public static class HeyGenSimulator
{
    public static readonly SimulatedProvider Provider = new("HeyGen", "HEYGEN_API_KEY", Map);

    private const string Vendor = "heygen";

    public static void Map(WebApplication app)
    {
        var room = new Room(
            app.Services.GetRequiredService<SimOptions>(),
            app.Services.GetRequiredService<ProviderSet>().Book(Vendor),
            app.Services.GetRequiredService<Uploads>());
        void Post(string path, Delegate answer, string step) =>
            app.MapPost("/heygen/v3/" + path, answer).WithMetadata(new Step(Vendor, step)).DisableAntiforgery();
        void Get(string path, Delegate answer, string step) =>
            app.MapGet("/heygen/v3/" + path, answer).WithMetadata(new Step(Vendor, step));

        Post("models/videos", room.SubmitModelAsync, "submit");
        Post("videos", room.SubmitPictureAsync, "submit");
        Get("models/videos/{id}", (HttpContext c, string id) => room.Look(c, id, isWrapped: false), "status");
        Get("videos/{id}", (HttpContext c, string id) => room.Look(c, id, isWrapped: true), "status");
        Get("videos", room.List, "history");
        Post("assets", room.KeepAsync, "upload");
        Get("users/me", room.Account, "key");
        app.MapResults(Vendor, "/heygen/results/{id}/{index}", c => room.Book.Find((string)c.GetRouteValue("id")!));
    }

    private sealed class Room(SimOptions options, TaskBook book, Uploads uploads)
    {
        private const decimal TalkingSecondUsd = 0.05m;
        private readonly Lock gate = new();
        private readonly Dictionary<string, SimTask> byKey = new(StringComparer.Ordinal);

        public TaskBook Book => book;

        public async Task<IResult> SubmitModelAsync(HttpContext context)
        {
            if (Refuse(context) is { } refused)
            {
                return refused;
            }
            var key = context.Request.Headers["Idempotency-Key"].FirstOrDefault();
            if (Known(key) is { } before)
            {
                return Accepted(before, "pending", 202);
            }
            if (await Reply.BodyAsync(context) is not { } body)
            {
                return Error(400, "validation_error", "the body is no JSON");
            }
            var (file, missing) = FileOf(body["image"] ?? (body["reference_images"] as JsonArray)?.FirstOrDefault(), "image");
            var ratio = body["aspect_ratio"]?.ToString() is { } asked and not "adaptive" ? asked : null;
            var shape = await PictureSize.WithAsync(ratio, 1000, file);
            if ((HeyGenOrder.FaultOfModel(body, (double)shape.Width / shape.Height) ?? missing) is { } fault)
            {
                return Error(400, "validation_error", fault);
            }
            var seconds = (double?)body["duration"] ?? 5;
            var side = (body["resolution"]?.ToString() ?? "768p") switch { "480p" => 480, "1080p" => 1080, "2k" => 1440, _ => 768 };
            var size = await PictureSize.WithAsync(ratio, side, file);
            var spec = new RenderSpec("clip", file, $"heygen-video-1 {body["prompt"]}", size.Width, size.Height, seconds, HasSound: true);
            return Accepted(Take(key, "heygen-video-1", spec, HeyGenOrder.SecondUsd(body) * (decimal)seconds, null), "pending", 202);
        }

        public async Task<IResult> SubmitPictureAsync(HttpContext context)
        {
            if (Refuse(context) is { } refused)
            {
                return refused;
            }
            if (await Reply.BodyAsync(context) is not { } body)
            {
                return Error(400, "validation_error", "the body is no JSON");
            }
            var (file, missing) = FileOf(body["image"], "image");
            var sound = body["audio_asset_id"]?.ToString();
            var noSound = sound is not null && uploads.Find(sound) is null ? "audio_asset_id: no such asset" : null;
            if ((HeyGenOrder.FaultOfPicture(body) ?? missing ?? noSound) is { } fault)
            {
                return Error(400, "validation_error", fault);
            }
            var seconds = Math.Round((await PictureSize.OfAsync(sound is null ? null : uploads.Find(sound))).Seconds, 2);
            var ratio = body["aspect_ratio"]?.ToString() ?? "16:9";
            var side = body["resolution"]?.ToString() switch { "1080p" => 1080, "4k" => 2160, _ => 720 };
            var (width, height) = await PictureSize.WithAsync(ratio == "auto" ? null : ratio, side, file);
            var spec = new RenderSpec("clip", file, $"talks {body["motion_prompt"]}", width, height, seconds, HasSound: true);
            return Accepted(Take(null, "image", spec, TalkingSecondUsd * (decimal)seconds, body["title"]?.ToString()), "waiting", 200);
        }

        public IResult Look(HttpContext context, string id, bool isWrapped)
        {
            if (Refuse(context) is { } refused)
            {
                return refused;
            }
            if (book.GetStatus(id) is not { } task || (task.Model == "image") != isWrapped)
            {
                return Error(404, "not_found", "Video not found");
            }
            var told = Told(task, Delivery.Origin(context));
            // Clients of the model's route have seen answers without the wrapper.
            return Reply.Json(isWrapped ? new JsonObject { ["data"] = told } : told);
        }

        public IResult List(HttpContext context)
        {
            if (Refuse(context) is { } refused)
            {
                return refused;
            }
            var part = context.Request.Query["title"].FirstOrDefault() ?? "";
            var found = book.All
                .Where(t => t.Notes.GetValueOrDefault("title", "").Contains(part, StringComparison.Ordinal) && t.Model == "image")
                .OrderByDescending(t => t.SubmittedAt)
                .Take(int.TryParse(context.Request.Query["limit"], CultureInfo.InvariantCulture, out var most) ? most : 20);
            return Reply.Json(new JsonObject
            {
                ["data"] = new JsonArray([.. found.Select(t => (JsonNode)Told(t, Delivery.Origin(context)))]),
                ["has_more"] = false,
                ["next_token"] = null,
            });
        }

        public async Task<IResult> KeepAsync(HttpContext context)
        {
            if (Refuse(context) is { } refused)
            {
                return refused;
            }
            if ((await context.Request.ReadFormAsync()).Files.GetFile("file") is not { } file)
            {
                return Error(400, "validation_error", "file: required");
            }
            if (file.Length > 32_000_000)
            {
                return Error(413, "payload_too_large", "the file is larger than 32 MB");
            }
            var id = Guid.NewGuid().ToString("N");
            await using var bytes = file.OpenReadStream();
            await uploads.KeepAsync(id, bytes, file.FileName);
            return Reply.Json(new JsonObject { ["data"] = new JsonObject { ["asset_id"] = id } });
        }

        public IResult Account(HttpContext context) => Refuse(context)
            ?? Reply.Json(new JsonObject
            {
                ["data"] = new JsonObject
                {
                    ["username"] = "simulated",
                    ["billing_type"] = "wallet",
                    ["wallet"] = new JsonObject { ["currency"] = "usd", ["remaining_balance"] = 25.5 },
                },
            });

        private (string? File, string? Missing) FileOf(JsonNode? reference, string name)
        {
            if (reference is null)
            {
                return (null, null);
            }
            var file = reference["type"]?.ToString() switch
            {
                "asset_id" => uploads.Find(reference["asset_id"]?.ToString() ?? ""),
                "base64" => uploads.Behind($"data:{reference["media_type"]};base64,{reference["data"]}"),
                _ => null,
            };
            return (file, file is null && reference["type"]?.ToString() != "url" ? $"{name}: no such asset" : null);
        }

        private SimTask? Known(string? key)
        {
            lock (gate)
            {
                return key is null ? null : byKey.GetValueOrDefault(key);
            }
        }

        // Two that come at once with one key are one.
        private SimTask Take(string? key, string model, RenderSpec spec, decimal usd, string? title)
        {
            lock (gate)
            {
                if (key is not null && byKey.TryGetValue(key, out var before))
                {
                    return before;
                }
                var task = book.Take(new SimTask
                {
                    Id = Guid.NewGuid().ToString("N"),
                    Vendor = Vendor,
                    Model = model,
                    Spec = spec,
                    Usd = usd,
                    SubmittedAt = TimeProvider.System.GetUtcNow(),
                    Notes = { ["title"] = title ?? "" },
                });
                if (key is not null)
                {
                    byKey[key] = task;
                }
                return task;
            }
        }

        private JsonObject Told(SimTask task, string origin)
        {
            var state = task.At(TimeProvider.System.GetUtcNow());
            var told = new JsonObject
            {
                ["id"] = task.Id,
                ["title"] = task.Notes.GetValueOrDefault("title", ""),
                ["status"] = state switch
                {
                    SimState.Waiting => "pending",
                    SimState.Working => "processing",
                    SimState.Done => "completed",
                    SimState.Failed => "failed",
                    _ => "cancelled",
                },
                ["created_at"] = task.SubmittedAt.ToUnixTimeSeconds(),
                ["duration"] = state == SimState.Done ? task.Spec.Seconds : null,
                ["failure_code"] = state != SimState.Failed ? null : task.Fate == "refuse" ? "content_moderation" : "render_error",
                ["failure_message"] = state != SimState.Failed ? null : "The video could not be made.",
            };
            if (state == SimState.Done && task.Fate != "empty")
            {
                // Each look signs anew.
                var host = task.Fate == "forbidden_address" ? "https://10.0.0.1" : origin;
                told["video_url"] = $"{host}/heygen/results/{task.Id}/0?Signature={Guid.NewGuid():N}{Delivery.Signature(options)}";
            }
            return told;
        }

        private static IResult Accepted(SimTask task, string status, int code) => Reply.Json(
            new JsonObject
            {
                ["data"] = new JsonObject { ["video_id"] = task.Id, ["status"] = status },
            },
            code);

        private IResult? Refuse(HttpContext context) => context.Request.Headers["X-Api-Key"] == options.Key
            ? null
            : Error(401, "unauthorized", "Invalid API key");

        private static IResult Error(int status, string code, string message) => Reply.Json(
            new JsonObject { ["error"] = new JsonObject { ["code"] = code, ["message"] = message, ["param"] = null, ["doc_url"] = null } },
            status);
    }
}
