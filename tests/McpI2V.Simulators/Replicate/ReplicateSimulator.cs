using System.Globalization;
using System.Text.Json.Nodes;
using McpI2V.Simulators.Simulation;
using McpI2V.Simulators.Simulation.FaultInjection;

namespace McpI2V.Simulators.Replicate;

/// <summary>Replicate's predictions, models, files and account (`replicate` 1.4.0; its lifecycle and deadlines pages, 2025-10).</summary>
public static class ReplicateSimulator
{
    public static readonly SimulatedProvider Provider = new("Replicate", "REPLICATE_API_TOKEN", Map);

    private const string Vendor = "replicate";

    public static void Map(WebApplication app)
    {
        var room = new Room(
            app.Services.GetRequiredService<SimOptions>(),
            app.Services.GetRequiredService<ProviderSet>().Book(Vendor),
            app.Services.GetRequiredService<Uploads>(),
            app.Services.GetRequiredService<Bill>());
        void Post(string path, Delegate answer, string step) =>
            app.MapPost("/replicate/" + path, answer).WithMetadata(new Step(Vendor, step));
        void Get(string path, Delegate answer, string step) =>
            app.MapGet("/replicate/" + path, answer).WithMetadata(new Step(Vendor, step));

        Post("models/{owner}/{name}/predictions", room.SubmitToModelAsync, "submit");
        Post("predictions", room.SubmitToVersionAsync, "submit");
        Post("predictions/{id}/cancel", room.Cancel, "cancel");
        Get("predictions/{id}", room.Look, "status");
        Get("predictions", room.List, "history");
        Get("models/{owner}/{name}", room.Model, "models");
        Get("models/{owner}/{name}/versions/{id}", room.Version, "models");
        Get("account", room.Account, "key");
        Get("webhooks/default/secret", room.Secret, "secret");
        app.MapPost("/replicate/files", (Delegate)room.KeepAsync).WithMetadata(new Step(Vendor, "upload")).DisableAntiforgery();
        Get("files/{id}", room.File, "file");
        app.MapResults(Vendor, "/replicate/results/{id}/{index}/{name}", c => room.Book.Find((string)c.GetRouteValue("id")!));
        // For tests: a model that changes between two calls.
        app.MapPost(
            "/_sim/replicate/{owner}/{name}",
            (string owner, string name, JsonObject change) => room.Change($"{owner}/{name}", change));
    }

    private sealed class Room(SimOptions options, TaskBook book, Uploads uploads, Bill bill)
    {
        private const int PageSize = 20;
        private const double LongestHeld = 60;
        private readonly ReplicateShelf shelf = new();

        public TaskBook Book => book;

        public void Change(string model, JsonObject change)
        {
            foreach (var (from, to) in change["rename"] as JsonObject ?? [])
            {
                shelf.Rename(model, from, to!.ToString());
            }
            foreach (var (name, values) in change["allow"] as JsonObject ?? [])
            {
                shelf.Allow(model, name, values!.AsArray());
            }
        }

        public async Task<IResult> SubmitToModelAsync(HttpContext context, string owner, string name)
        {
            var model = $"{owner}/{name}";
            return Refuse(context)
                ?? (shelf.Members(model) is { } members && shelf.IsOfficial(model)
                    ? await SubmitAsync(context, await Reply.BodyAsync(context), model, members)
                    : Error(404, "The requested resource could not be found."));
        }

        public async Task<IResult> SubmitToVersionAsync(HttpContext context)
        {
            if (Refuse(context) is { } refused)
            {
                return refused;
            }
            var body = await Reply.BodyAsync(context);
            return body?["version"]?.ToString() is { } version && shelf.Version(version) is var (model, members)
                ? await SubmitAsync(context, body, model, members)
                : Error(422, "The specified version does not exist (or perhaps you don't have permission to use it?)");
        }

        public IResult Look(HttpContext context, string id)
        {
            if (Refuse(context) is { } refused)
            {
                return refused;
            }
            return book.GetStatus(id) is { } task ? Reply.Json(Told(task, context)) : Missing();
        }

        public IResult List(HttpContext context)
        {
            if (Refuse(context) is { } refused)
            {
                return refused;
            }
            var query = context.Request.Query;
            var page = int.TryParse(query["cursor"], CultureInfo.InvariantCulture, out var number) ? number : 0;
            var after = DateTimeOffset.TryParse(query["created_after"], CultureInfo.InvariantCulture, out var since)
                ? since
                : DateTimeOffset.MinValue;
            var all = book.All.Where(t => t.SubmittedAt >= after).OrderByDescending(t => t.SubmittedAt).ToList();
            var next = all.Count > (page + 1) * PageSize
                ? $"{Delivery.Origin(context)}/replicate/predictions?cursor={page + 1}&created_after={query["created_after"]}"
                : null;
            return Reply.Json(new JsonObject
            {
                ["previous"] = null,
                ["next"] = next?.Replace("+", "%2B", StringComparison.Ordinal),
                ["results"] = new JsonArray([.. all.Skip(page * PageSize).Take(PageSize).Select(t => (JsonNode)Told(t, context))]),
            });
        }

        public IResult Cancel(HttpContext context, string id)
        {
            if (Refuse(context) is { } refused)
            {
                return refused;
            }
            if (book.Find(id) is not { } task)
            {
                return Missing();
            }
            Stop(task, "canceled");
            return Reply.Json(Told(task, context));
        }

        public IResult Model(HttpContext context, string owner, string name) => Refuse(context)
            ?? (shelf.Members($"{owner}/{name}") is null
                ? Missing()
                : Reply.Json(shelf.Told($"{owner}/{name}", Delivery.Origin(context))));

        public IResult Version(HttpContext context, string owner, string name, string id) => Refuse(context)
            ?? (shelf.Version(id) is var (model, _) && model == $"{owner}/{name}" ? Reply.Json(shelf.ToldVersion(id)) : Missing());

        public IResult Account(HttpContext context) => Refuse(context)
            ?? Reply.Json(new JsonObject { ["type"] = "user", ["username"] = "simulated", ["name"] = "A simulated user" });

        public IResult Secret(HttpContext context) => Refuse(context) ?? Reply.Json(new JsonObject { ["key"] = ReplicateWord.Secret });

        public async Task<IResult> KeepAsync(HttpContext context)
        {
            if (Refuse(context) is { } refused)
            {
                return refused;
            }
            var form = await context.Request.ReadFormAsync();
            if (form.Files.GetFile("content") is not { } file)
            {
                return Error(400, "Missing content");
            }
            var id = Guid.NewGuid().ToString("N");
            await using var bytes = file.OpenReadStream();
            await uploads.KeepAsync(id, bytes, file.FileName);
            return Reply.Json(
                new JsonObject
                {
                    ["id"] = id,
                    ["content_type"] = file.ContentType,
                    ["size"] = file.Length,
                    ["checksums"] = new JsonObject { ["sha256"] = id },
                    ["metadata"] = new JsonObject(),
                    ["created_at"] = Time(TimeProvider.System.GetUtcNow()),
                    ["expires_at"] = Time(TimeProvider.System.GetUtcNow().AddDays(1)),
                    ["urls"] = new JsonObject { ["get"] = $"{Delivery.Origin(context)}/replicate/files/{id}" },
                },
                201);
        }

        public IResult File(HttpContext context, string id) => Refuse(context)
            ?? (uploads.Find(id) is null ? Missing() : Reply.Json(new JsonObject { ["id"] = id }));

        private async Task<IResult> SubmitAsync(HttpContext context, JsonObject? body, string model, JsonObject members)
        {
            if (body?["input"] is not JsonObject input)
            {
                return Error(422, "- input is required\n");
            }
            if (Contract.InputFault(input, members) is { } fault)
            {
                return Error(422, fault);
            }
            var order = await ReplicateOrder.OfAsync(model, shelf.Makes(model), shelf.IsOfficial(model), input, uploads);
            var task = book.Take(new SimTask
            {
                Id = Guid.NewGuid().ToString("N")[..26],
                Vendor = Vendor,
                Model = model,
                Spec = order.Spec,
                Usd = order.Usd,
                SubmittedAt = TimeProvider.System.GetUtcNow(),
                Notes = { ["input"] = input.ToJsonString() },
            });
            if (task.Fate == "aborted")
            {
                // It waited for longer than was allowed.
                (task.IsCanceled, task.Notes["ended"]) = (true, "aborted");
            }
            if (context.Request.Headers["Cancel-After"].FirstOrDefault()?.TrimEnd('s') is { } seconds
                && double.TryParse(seconds, CultureInfo.InvariantCulture, out var deadline))
            {
                task.Notes["deadline"] = Time(task.SubmittedAt.AddSeconds(deadline));
            }
            if (body["webhook"]?.ToString() is { } webhook)
            {
                _ = SendWordAsync(webhook, task, Delivery.Origin(context));
            }
            await HoldAsync(context, task);
            return Reply.Json(Told(task, context), 201);
        }

        // Prefer: wait holds the answer until it is over, or the time is.
        private static async Task HoldAsync(HttpContext context, SimTask task)
        {
            if (context.Request.Headers["Prefer"].FirstOrDefault()?.Split('=') is not ["wait", .. var rest])
            {
                return;
            }
            var most = rest is [var text] ? double.Parse(text, CultureInfo.InvariantCulture) : LongestHeld;
            var left = task.DoneAt - TimeProvider.System.GetUtcNow();
            await Task.Delay(TimeSpan.FromSeconds(Math.Clamp(left.TotalSeconds, 0, Math.Min(most, LongestHeld))), context.RequestAborted);
        }

        private async Task SendWordAsync(string address, SimTask task, string origin)
        {
            var left = task.DoneAt - TimeProvider.System.GetUtcNow();
            await Task.Delay(left > TimeSpan.Zero ? left + TimeSpan.FromMilliseconds(50) : TimeSpan.FromMilliseconds(50));
            await ReplicateWord.SendAsync(address, Told(task, origin));
        }

        // What had begun is charged: by the time, or, as its pages say no more, by its price.
        private void Stop(SimTask task, string word)
        {
            var hasBegun = task.At(TimeProvider.System.GetUtcNow()) == SimState.Working;
            if (!book.Cancel(task))
            {
                return;
            }
            task.Notes.TryAdd("ended", word == "canceled" || hasBegun ? "canceled" : "aborted");
            if (hasBegun && task.Notes.TryAdd("begun", ""))
            {
                var usd = shelf.IsOfficial(task.Model) ? task.Usd : ReplicateOrder.OfTime(ReplicateOrder.StoppedAfterSeconds);
                bill.Charge(Vendor, task.Id, task.Model, usd, TimeProvider.System.GetUtcNow());
            }
        }

        private IResult? Refuse(HttpContext context) =>
            context.Request.Headers.Authorization.ToString().Split(' ') is ["Bearer" or "Token", var key] && key == options.Key
                ? null
                : Reply.Json(
                    new JsonObject
                    {
                        ["title"] = "Unauthenticated",
                        ["detail"] = "You did not pass a valid authentication token",
                        ["status"] = 401,
                    },
                    401);

        private JsonObject Told(SimTask task, HttpContext context) => Told(task, Delivery.Origin(context));

        private JsonObject Told(SimTask task, string origin)
        {
            var now = TimeProvider.System.GetUtcNow();
            if (task.Notes.GetValueOrDefault("deadline") is { } deadline
                && now > DateTimeOffset.Parse(deadline, CultureInfo.InvariantCulture)
                && !task.IsCanceled)
            {
                Stop(task, "deadline");
            }
            var state = task.At(now);
            var hasBegun = state is SimState.Working or SimState.Done or SimState.Failed || task.Notes.ContainsKey("begun");
            var isErased = task.Fate == "erased" && state == SimState.Done;
            var told = new JsonObject
            {
                ["id"] = task.Id,
                ["model"] = task.Model,
                ["version"] = "hidden",
                ["status"] = state switch
                {
                    SimState.Waiting => "starting",
                    SimState.Working => "processing",
                    SimState.Done => "succeeded",
                    SimState.Failed => "failed",
                    _ => task.Notes.GetValueOrDefault("ended", "canceled"),
                },
                ["input"] = isErased ? new JsonObject() : JsonNode.Parse(task.Notes.GetValueOrDefault("input", "{}")),
                ["logs"] = state == SimState.Working ? Log(task.Progress(now)) : "",
                ["output"] = state == SimState.Done && !isErased && task.Fate != "empty" ? Output(task, origin) : null,
                ["error"] = state != SimState.Failed
                    ? null
                    : task.Fate == "refuse"
                    ? "The input or output was flagged as sensitive. Please try again with different inputs. (E005)"
                    : "Prediction failed: out of memory (E1001)",
                ["data_removed"] = isErased,
                ["source"] = "api",
                ["metrics"] = hasBegun && state != SimState.Working
                    ? new JsonObject
                    {
                        ["predict_time"] = state == SimState.Canceled
                            ? ReplicateOrder.StoppedAfterSeconds
                            : state == SimState.Failed ? 0 : ReplicateOrder.TakesSeconds,
                        ["total_time"] = 20,
                    }
                    : new JsonObject(),
                ["created_at"] = Time(task.SubmittedAt),
                ["started_at"] = hasBegun ? Time(task.StartsAt) : null,
                ["completed_at"] = state is SimState.Waiting or SimState.Working ? null : Time(now),
                ["deadline"] = task.Notes.GetValueOrDefault("deadline"),
                ["urls"] = new JsonObject
                {
                    ["get"] = $"{origin}/replicate/predictions/{task.Id}",
                    ["cancel"] = $"{origin}/replicate/predictions/{task.Id}/cancel",
                    ["web"] = $"https://replicate.com/p/{task.Id}",
                },
            };
            return told;
        }

        // Three shapes: an address, a list, an object.
        private JsonNode Output(SimTask task, string origin)
        {
            var (host, ending) = (task.Fate == "forbidden_address" ? "https://10.0.0.1" : origin, task.Spec.Kind == "clip" ? "mp4" : "png");
            JsonNode address = $"{host}/replicate/results/{task.Id}/0/out.{ending}?signed=1{Delivery.Signature(options)}";
            return task.Model switch
            {
                "acme/dream" => new JsonObject { ["video"] = address, ["says"] = "see https://example.com/more", ["seed"] = 42 },
                "acme/open-dream" or "black-forest-labs/flux-2-pro" => new JsonArray(address),
                _ => address,
            };
        }

        // As tqdm prints it.
        private static string Log(double progress) => string.Create(
            CultureInfo.InvariantCulture,
            $"Using seed: 42\n  0%|          | 0/10 [00:00<?, ?it/s]\n {progress * 100:0}%|##        | {progress * 10:0}/10 [00:01<00:01]");

        private static string Time(DateTimeOffset time) => time.ToString("O", CultureInfo.InvariantCulture);

        private static IResult Missing() => Error(404, "The requested resource could not be found.");

        private static IResult Error(int status, string detail) => Reply.Json(
            new JsonObject
            {
                ["title"] = status == 422 ? "Input validation failed" : "Not found",
                ["detail"] = detail,
                ["status"] = status,
            },
            status);
    }
}
