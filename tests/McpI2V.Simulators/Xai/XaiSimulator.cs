using System.Globalization;
using System.Text.Json.Nodes;
using McpI2V.Simulators.Simulation;
using McpI2V.Simulators.Simulation.FaultInjection;

namespace McpI2V.Simulators.Xai;

/// <summary>
/// xAI's REST API (contract sheet of 2026-11-21; @ai-sdk/xai 5.0.12): clips, stills, the account's files. What moderation holds back is
/// charged; a prompt with the word "forbidden" is refused at once, for a fee.
/// </summary>
public static class XaiSimulator
{
    public static readonly SimulatedProvider Provider = new("Xai", "XAI_API_KEY", Map);

    public const string Vendor = "xai";
    private const string Api = "/xai/v1/";

    public static void Map(WebApplication app)
    {
        var options = app.Services.GetRequiredService<SimOptions>();
        var book = app.Services.GetRequiredService<ProviderSet>().Book(Vendor);
        var bill = app.Services.GetRequiredService<Bill>();
        var uploads = app.Services.GetRequiredService<Uploads>();
        var room = new Room(options, book, uploads, bill);
        var files = new XaiFilesRoom(options, book, uploads);
        var stills = new XaiStillsRoom(options, book, app.Services.GetRequiredService<ResultRenderer>(), bill);
        void Post(string path, Delegate answer, string step) =>
            app.MapPost(Api + path, answer).WithMetadata(new Step(Vendor, step)).DisableAntiforgery();
        void Get(string path, Delegate answer, string step) => app.MapGet(Api + path, answer).WithMetadata(new Step(Vendor, step));

        foreach (var way in new[] { "generations", "edits", "extensions" })
        {
            Post("videos/" + way, (HttpContext c) => room.SubmitAsync(c, way), "submit");
        }
        Get("videos/{id}", room.Look, "status");
        Post("images/generations", (HttpContext c) => stills.AnswerAsync(c, isEdit: false), "submit");
        Post("images/edits", (HttpContext c) => stills.AnswerAsync(c, isEdit: true), "submit");
        Post("files", files.KeepAsync, "upload");
        Get("files", files.List, "history");
        Get("files/{id}", files.Look, "history");
        app.MapResults(Vendor, Api + "files/{id}/content", files.ContentOf);
        Get("api-key", (HttpContext c) => Refuse(c, options) ?? Reply.Json(new JsonObject
        {
            ["redacted_api_key"] = "xai-...b14o",
            ["name"] = "simulated",
            ["acls"] = new JsonArray("api-key:model:*", "api-key:endpoint:*"),
            ["team_blocked"] = false,
            ["api_key_blocked"] = false,
            ["api_key_disabled"] = false,
        }), "key");
        app.MapResults(Vendor, "/xai/results/{id}", c => book.Find((string)c.GetRouteValue("id")!));
    }

    /// <summary>The answer to a wrong key; null if it is right.</summary>
    public static IResult? Refuse(HttpContext context, SimOptions options) =>
        context.Request.Headers.Authorization == $"Bearer {options.Key}"
            ? null
            : Error(400, "Client specified an invalid argument", "Incorrect API key provided. You can obtain one at console.x.ai.");

    /// <summary>The answer where the vendor does not have a model.</summary>
    public static IResult NoModel(string? model) => Error(
        404,
        "Some requested entity was not found",
        $"The model {model} does not exist or your team does not have access to it.");

    /// <summary>A refusal before anything is made, and its fee; null if nothing is against the rules.</summary>
    public static IResult? Forbid(JsonObject body, Bill bill)
    {
        if (!$"{body["prompt"]}".Contains("forbidden", StringComparison.Ordinal))
        {
            return null;
        }
        bill.Charge(Vendor, Guid.NewGuid().ToString(), $"{body["model"]}", XaiOrder.FeeUsd, TimeProvider.System.GetUtcNow());
        return Error(400, "invalid_argument", "The request was rejected by content moderation.");
    }

    public static IResult Error(int status, string code, string words) =>
        Reply.Json(new JsonObject { ["code"] = code, ["error"] = words }, status);

    /// <summary>A task whose refusal is made and held back: the vendor charges for it.</summary>
    public static SimTask HeldBack(SimTask task)
    {
        if (task.Fate == "refuse")
        {
            task.Fate = "held_back";
        }
        return task;
    }

    private sealed class Room(SimOptions options, TaskBook book, Uploads uploads, Bill bill)
    {
        public async Task<IResult> SubmitAsync(HttpContext context, string way)
        {
            if (Refuse(context, options) is { } refused)
            {
                return refused;
            }
            if (await Reply.BodyAsync(context) is not { } body)
            {
                return Error(400, "invalid_argument", "the body is no JSON");
            }
            if (!XaiOrder.Has(body["model"]?.ToString(), isStill: false))
            {
                return NoModel(body["model"]?.ToString());
            }
            if (XaiOrder.Fault(body, way) is var (code, words))
            {
                return Error(400, code, words);
            }
            if (way != "generations" && FileOf(body["video"]) is null)
            {
                return Error(400, "invalid_argument", "video: no such file");
            }
            if (Forbid(body, bill) is { } forbidden)
            {
                return forbidden;
            }
            return Reply.Json(new JsonObject { ["request_id"] = HeldBack(book.Take(await TaskAsync(body, way))).Id });
        }

        public IResult Look(HttpContext context, string id)
        {
            if (Refuse(context, options) is { } refused)
            {
                return refused;
            }
            if (book.GetStatus(id) is not { } task)
            {
                return Error(404, "Some requested entity was not found", "Deferred request not found");
            }
            var now = TimeProvider.System.GetUtcNow();
            return task.At(now) switch
            {
                SimState.Waiting => Microsoft.AspNetCore.Http.Results.StatusCode(202),
                SimState.Working => Reply.Json(
                    new JsonObject { ["status"] = "pending", ["progress"] = (int)(task.Progress(now) * 100) },
                    202),
                SimState.Failed => Reply.Json(new JsonObject
                {
                    ["status"] = "failed",
                    ["error"] = new JsonObject { ["code"] = "internal_error", ["message"] = "The service had an internal error" },
                }),
                _ when task.Fate == "expired" => Reply.Json(new JsonObject { ["status"] = "expired" }),
                _ => Reply.Json(new JsonObject
                {
                    ["status"] = "done",
                    ["model"] = task.Model,
                    ["progress"] = 100,
                    ["video"] = Video(task, context),
                    ["usage"] = XaiOrder.Usage(task.Usd),
                }),
            };
        }

        private async Task<SimTask> TaskAsync(JsonObject body, string way)
        {
            var reference = (body["reference_images"] as JsonArray)?.FirstOrDefault();
            var file = FileOf(body["video"] ?? body["image"] ?? body["last_frame"] ?? reference);
            var source = way == "generations" ? default : await PictureSize.OfAsync(file);
            var made = way == "edits" ? source.Seconds : XaiOrder.SecondsOf(body, way);
            var side = way == "generations"
                ? int.Parse(XaiOrder.ResolutionOf(body).TrimEnd('p'), CultureInfo.InvariantCulture)
                : Math.Min(720, Math.Min(source.Width, source.Height));
            // What begins with a picture has its shape, whatever ratio is asked for.
            var ratio = body["video"] is not null || body["image"] is not null ? null : body["aspect_ratio"]?.ToString() ?? "16:9";
            var (width, height) = await PictureSize.WithAsync(ratio, side, file);
            var task = new SimTask
            {
                Id = Guid.NewGuid().ToString(),
                Vendor = Vendor,
                Model = $"{body["model"]}",
                Spec = new RenderSpec(
                    "clip",
                    file,
                    $"{body["model"]} {body["prompt"]}",
                    width,
                    height,
                    way == "extensions" ? source.Seconds + made : made,
                    (bool?)body["generate_audio"] ?? true),
                Usd = XaiOrder.Usd(body, way, made, (Math.Min(source.Width, source.Height), source.Seconds)),
                SubmittedAt = TimeProvider.System.GetUtcNow(),
            };
            if (body["storage_options"]?["filename"]?.ToString() is { Length: > 0 } name)
            {
                task.Notes["filename"] = name;
            }
            return task;
        }

        private JsonObject Video(SimTask task, HttpContext context)
        {
            var told = new JsonObject { ["duration"] = task.Spec.Seconds, ["respect_moderation"] = task.Fate != "held_back" };
            if (task.Fate is "held_back" or "empty")
            {
                return told;
            }
            // The same address at each look.
            var origin = task.Fate == "forbidden_address" ? "https://10.0.0.1" : Delivery.Origin(context);
            task.Notes.TryAdd("address", $"{origin}/xai/results/{task.Id}?sig=signed{Delivery.Signature(options)}");
            told["url"] = task.Notes["address"];
            if (task.Notes.TryGetValue("filename", out var name))
            {
                told["file_output"] = new JsonObject { ["file_id"] = task.Id, ["filename"] = name };
            }
            return told;
        }

        private string? FileOf(JsonNode? named) => named?["file_id"]?.ToString() is { Length: > 0 } id
            ? uploads.Find(id)
            : uploads.Behind(named?["url"]?.ToString());
    }
}
