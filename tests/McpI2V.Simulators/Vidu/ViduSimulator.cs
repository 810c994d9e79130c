using System.Globalization;
using System.Text.Json.Nodes;
using McpI2V.Simulators.Simulation;
using McpI2V.Simulators.Simulation.FaultInjection;

namespace McpI2V.Simulators.Vidu;

/// <summary>
/// Vidu's API (contract sheet of 2026-11-21). A prompt with the word "forbidden" is refused at once; what fails and what is canceled while
/// it waits costs nothing.
/// </summary>
public static class ViduSimulator
{
    public static readonly SimulatedProvider Provider = new("Vidu", "VIDU_API_KEY", Map);

    private const string Vendor = "vidu";
    private const string Api = "/vidu/ent/v2/";

    public static void Map(WebApplication app)
    {
        var room = new Room(
            app.Services.GetRequiredService<SimOptions>(),
            app.Services.GetRequiredService<ProviderSet>().Book(Vendor),
            app.Services.GetRequiredService<Uploads>());
        void Post(string path, Delegate answer, string step) => app.MapPost(Api + path, answer).WithMetadata(new Step(Vendor, step));
        void Get(string path, Delegate answer, string step) => app.MapGet(Api + path, answer).WithMetadata(new Step(Vendor, step));

        foreach (var endpoint in ViduOrder.Endpoints)
        {
            Post(endpoint, (HttpContext c) => room.SubmitAsync(c, endpoint), "submit");
        }
        Get("tasks/{id}/creations", room.Look, "status");
        Post("tasks/{id}/cancel", room.CancelAsync, "cancel");
        Get("tasks", room.List, "history");
        Get("credits", room.Account, "key");
        app.MapResults(Vendor, "/vidu/results/{id}", c => room.Book.Find((string)c.GetRouteValue("id")!));
    }

    private sealed class Room(SimOptions options, TaskBook book, Uploads uploads)
    {
        private const long LongestBody = 20_000_000;
        private static readonly TimeSpan OffPeakWait = TimeSpan.FromHours(1);

        public TaskBook Book => book;

        public async Task<IResult> SubmitAsync(HttpContext context, string endpoint)
        {
            if (Refuse(context) is { } refused)
            {
                return refused;
            }
            if (context.Request.ContentLength > LongestBody || await Reply.BodyAsync(context) is not { } body)
            {
                return Error(400, "BadRequest", "the body is no JSON, or longer than 20 MB");
            }
            if (!ViduOrder.HasModel(endpoint, body))
            {
                return Error(400, "ModelUnavailable", $"model {body["model"]} is not available");
            }
            if (ViduOrder.Fault(endpoint, body) is var (code, message))
            {
                return Error(400, code, message);
            }
            if ($"{body["prompt"]}".Contains("forbidden", StringComparison.Ordinal))
            {
                return Error(400, "TaskPromptPolicyViolation", "the prompt is against the content policy");
            }
            var task = await TaskAsync(endpoint, body);
            return Reply.Json(new JsonObject
            {
                ["task_id"] = task.Id,
                ["state"] = "created",
                ["model"] = task.Model,
                ["prompt"] = body["prompt"]?.DeepClone(),
                ["images"] = new JsonArray(),
                ["duration"] = ViduOrder.SecondsOf(body),
                ["seed"] = (long?)body["seed"] ?? 42,
                ["resolution"] = $"{body["resolution"] ?? "720p"}",
                ["credits"] = CreditsOf(task),
                ["payload"] = body["payload"]?.DeepClone(),
                ["off_peak"] = ViduOrder.IsOffPeak(body),
                ["created_at"] = TimeOf(task),
            });
        }

        public IResult Look(HttpContext context, string id) => Refuse(context)
            ?? (book.GetStatus(id) is { } task && task.Fate != "forgotten" ? Reply.Json(Told(task, context)) : NoTask(id));

        // Documented for what waits for a cheap hour: what has begun is made.
        public async Task<IResult> CancelAsync(HttpContext context, string id)
        {
            if (Refuse(context) is { } refused)
            {
                return refused;
            }
            if ((await Reply.BodyAsync(context))?["id"]?.ToString() != id)
            {
                return Error(400, "FieldLacking", "field id: FieldLacking");
            }
            if (book.Find(id) is not { } task)
            {
                return NoTask(id);
            }
            return task.At(TimeProvider.System.GetUtcNow()) == SimState.Waiting && book.Cancel(task)
                ? Reply.Json(new JsonObject())
                : Error(400, "BadRequest", "the task does not wait any more");
        }

        public IResult List(HttpContext context)
        {
            if (Refuse(context) is { } refused)
            {
                return refused;
            }
            var query = context.Request.Query;
            var from = DateTimeOffset.TryParse(query["created_at.from"], CultureInfo.InvariantCulture, out var since) ? since : default;
            int Number(string name, int otherwise) => int.TryParse(query[name], CultureInfo.InvariantCulture, out var n) ? n : otherwise;
            var size = Number("pager.pagesz", 20);
            var tasks = book.All
                .Where(t => t.SubmittedAt >= from)
                .OrderByDescending(t => t.SubmittedAt)
                .Skip(Number("pager.page", 0) * size)
                .Take(size)
                .Select(t => (JsonNode)Told(t, context));
            return Reply.Json(new JsonObject { ["tasks"] = new JsonArray([.. tasks]), ["next_page_token"] = "" });
        }

        public IResult Account(HttpContext context) => Refuse(context)
            ?? Reply.Json(new JsonObject
            {
                ["remains"] = new JsonArray(
                    new JsonObject
                    {
                        ["type"] = "metered",
                        ["credit_remain"] = 4000,
                        ["concurrency_limit"] = 5,
                        ["current_concurrency"] = 1,
                        ["queue_count"] = 0,
                    },
                    new JsonObject { ["type"] = "test", ["credit_remain"] = "200", ["concurrency_limit"] = 5 }),
            });

        private IResult? Refuse(HttpContext context) => context.Request.Headers.Authorization == $"Token {options.Key}"
            ? null
            : Error(401, "Unauthorized", "invalid token");

        private static IResult NoTask(string id) => Error(404, "NotFound", $"task {id} does not exist");

        private static IResult Error(int status, string code, string message) => Reply.Json(
            new JsonObject { ["code"] = status, ["reason"] = code, ["message"] = message, ["metadata"] = new JsonObject() },
            status);

        private static int CreditsOf(SimTask task) => (int)(task.Usd / ViduOrder.UsdOfCredit);

        private static string TimeOf(SimTask task) => task.SubmittedAt.UtcDateTime.ToString("o", CultureInfo.InvariantCulture);

        private JsonObject Told(SimTask task, HttpContext context)
        {
            var state = task.At(TimeProvider.System.GetUtcNow());
            return new JsonObject
            {
                ["id"] = task.Id,
                ["state"] = state switch
                {
                    SimState.Waiting => "queueing",
                    SimState.Working => "processing",
                    SimState.Done => "success",
                    _ => "failed",
                },
                ["err_code"] = state switch
                {
                    SimState.Canceled => "UserCancelled",
                    SimState.Failed => task.Fate == "refuse" ? "CreationPolicyViolation" : "InternalServiceFailure",
                    _ => "",
                },
                ["credits"] = CreditsOf(task),
                ["payload"] = task.Notes["payload"],
                ["off_peak"] = task.Notes["off_peak"].Length > 0,
                ["created_at"] = TimeOf(task),
                ["creations"] = state == SimState.Done && task.Fate != "empty" ? new JsonArray(Creation(task, context)) : new JsonArray(),
            };
        }

        // Each look signs anew.
        private JsonObject Creation(SimTask task, HttpContext context)
        {
            var origin = task.Fate == "forbidden_address" ? "https://10.0.0.1" : Delivery.Origin(context);
            var url = $"{origin}/vidu/results/{task.Id}?sig={Guid.NewGuid():N}{Delivery.Signature(options)}";
            return new JsonObject
            {
                ["id"] = $"creation-{task.Id}",
                ["url"] = url,
                ["cover_url"] = url + "&cover=1",
                ["watermarked_url"] = url + "&watermark=1",
                ["video"] = new JsonObject
                {
                    ["duration"] = task.Spec.Seconds,
                    ["fps"] = 24,
                    ["resolution"] = new JsonObject { ["width"] = task.Spec.Width, ["height"] = task.Spec.Height },
                },
            };
        }

        private async Task<SimTask> TaskAsync(string endpoint, JsonObject body)
        {
            var file = ViduOrder.PicturesOf(body).Select(uploads.Behind).FirstOrDefault();
            var (width, height) = await PictureSize.WithAsync(ViduOrder.RatioOf(endpoint, body), ViduOrder.SideOf(body), file);
            var task = new SimTask
            {
                Id = Guid.NewGuid().ToString("N"),
                Vendor = Vendor,
                Model = $"{body["model"]}",
                Spec = new RenderSpec(
                    "clip",
                    file,
                    $"{body["model"]} {body["prompt"]}",
                    width,
                    height,
                    ViduOrder.SecondsOf(body),
                    ViduOrder.HasSound(body)),
                Usd = ViduOrder.Credits(endpoint, body)!.Value * ViduOrder.UsdOfCredit,
                SubmittedAt = TimeProvider.System.GetUtcNow(),
                Notes = { ["payload"] = $"{body["payload"]}", ["off_peak"] = ViduOrder.IsOffPeak(body) ? "yes" : "" },
            };
            book.Take(task);
            if (ViduOrder.IsOffPeak(body))
            {
                (task.StartsAt, task.DoneAt) = (task.StartsAt + OffPeakWait, task.DoneAt + OffPeakWait);
            }
            return task;
        }
    }
}
