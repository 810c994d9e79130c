using System.Globalization;
using System.Text.Json.Nodes;
using McpI2V.Simulators.Simulation;
using McpI2V.Simulators.Simulation.FaultInjection;

namespace McpI2V.Simulators.Hedra;

/// <summary>Hedra's API v3: catalogue, estimates, jobs, files, wallet (its OpenAPI document 3.9.0, 2026-08).</summary>
public static class HedraSimulator
{
    public static readonly SimulatedProvider Provider = new("Hedra", "HEDRA_API_KEY", Map);

    private const string Vendor = "hedra";

    public static void Map(WebApplication app)
    {
        var room = new Room(
            app.Services.GetRequiredService<SimOptions>(),
            app.Services.GetRequiredService<ProviderSet>().Book(Vendor),
            new HedraUploads(app.Services.GetRequiredService<Uploads>()));
        void Post(string path, Delegate answer, string step) =>
            app.MapPost("/hedra/" + path, answer).WithMetadata(new Step(Vendor, step)).DisableAntiforgery();
        void Get(string path, Delegate answer, string step) =>
            app.MapGet("/hedra/" + path, answer).WithMetadata(new Step(Vendor, step));

        Post("models/{model}", room.SubmitAsync, "submit");
        Post("models/{model}/estimate", room.EstimateAsync, "estimate");
        Get("models", room.Models, "models");
        Get("models/{model}", room.Model, "models");
        Get("jobs/{id}/status", room.Look, "status");
        Get("jobs/{id}", room.Result, "result");
        Get("jobs", room.List, "history");
        Post("files", room.KeepAsync, "upload");
        Get("balance", room.Wallet, "key");
        Get("webhooks/public-key", room.PublicKey, "secret");
        app.MapResults(Vendor, "/hedra/results/{id}/{index}", c => room.Book.Find((string)c.GetRouteValue("id")!));
        // For tests: an empty wallet, uploads that have expired, a schema that changed.
        app.MapPost("/_sim/hedra", (JsonObject change) => room.Change(change));
    }

    private sealed class Room(SimOptions options, TaskBook book, HedraUploads uploads)
    {
        private readonly HedraShelf shelf = new();
        private readonly Lock gate = new();
        private readonly Dictionary<string, SimTask> byKey = new(StringComparer.Ordinal);
        private decimal wallet = 100_000;

        public TaskBook Book => book;

        public void Change(JsonObject change)
        {
            wallet = (decimal?)change["balance"] ?? wallet;
            if (change["expire"] is not null)
            {
                uploads.Expire();
            }
            if (change["rename"] is JsonObject rename)
            {
                shelf.Rename(rename["model"]!.ToString(), rename["from"]!.ToString(), rename["to"]!.ToString());
            }
        }

        public IResult Models(HttpContext context) => Reply.Json(new JsonObject
        {
            ["data"] = new JsonArray(
                [.. shelf.Ids.Where(i => context.Request.Query["modality"] is not [var m] || m == shelf.Modality(i)).Select(
                    i => (JsonNode)shelf.Told(i, isWhole: false))]),
            ["next_cursor"] = null,
        });

        // The catalogue needs no key.
        public IResult Model(string model) => NoModel(model) ?? Reply.Json(shelf.Told(model, isWhole: true));

        public async Task<IResult> EstimateAsync(HttpContext context, string model)
        {
            if ((Refuse(context) ?? NoModel(model)) is { } refused)
            {
                return refused;
            }
            var body = await Reply.BodyAsync(context);
            if (Fault(model, body) is { } fault)
            {
                return fault;
            }
            if (shelf.IsMeasured(model))
            {
                return Error(400, "FAILED_PRECONDITION", $"Model '{model}' cannot be priced before its audio is measured.");
            }
            var input = body!["input"]!.AsObject();
            var usd = HedraOrder.PriceOf(model, input, input["duration_ms"] is { } length ? (decimal)length / 1000 : 8);
            return Reply.Json(new JsonObject { ["model"] = model, ["cost"] = usd, ["currency"] = "USD" });
        }

        public async Task<IResult> SubmitAsync(HttpContext context, string model)
        {
            if ((Refuse(context) ?? NoModel(model)) is { } refused)
            {
                return refused;
            }
            var body = await Reply.BodyAsync(context);
            var key = body?["idempotency_key"]?.ToString();
            if (Known(key) is { } before)
            {
                // The first answer again, whatever else the request says now.
                return Accepted(context, before);
            }
            if (Fault(model, body) is { } fault)
            {
                return fault;
            }
            if (body!["input"]!.ToJsonString().Contains("forbidden", StringComparison.Ordinal))
            {
                return Error(422, "MODERATION_FAILED", "Prompt failed moderation.");
            }
            var order = await HedraOrder.OfAsync(model, shelf.Modality(model), body["input"]!.AsObject(), uploads.FileOf);
            if (order.Usd > wallet)
            {
                return Unfunded(order.Usd);
            }
            var task = Take(key, () => new SimTask
            {
                Id = $"job_{Guid.NewGuid()}",
                Vendor = Vendor,
                Model = model,
                Spec = order.Spec,
                Usd = order.Usd,
                SubmittedAt = TimeProvider.System.GetUtcNow(),
                Notes = { ["prompt"] = body["input"]!["prompt"]?.ToString() ?? "" },
            });
            if (body["webhook"]?.ToString() is { } webhook)
            {
                _ = SendWordAsync(webhook, task, Delivery.Origin(context));
            }
            return Accepted(context, task);
        }

        public IResult Look(HttpContext context, string id) => Refuse(context)
            ?? (book.GetStatus(id) is { } task
                ? Reply.Json(new JsonObject
                {
                    ["job_id"] = task.Id,
                    ["status"] = StatusOf(task),
                    ["progress"] = StatusOf(task) == "IN_PROGRESS" ? task.Progress(TimeProvider.System.GetUtcNow()) : null,
                    ["estimated_completion_at"] = null,
                })
                : Error(404, "NOT_FOUND", "Job not found."));

        public IResult Result(HttpContext context, string id)
        {
            if (Refuse(context) is { } refused)
            {
                return refused;
            }
            if (book.GetStatus(id) is not { } task)
            {
                return Error(404, "NOT_FOUND", "Job not found.");
            }
            var told = Told(task, Delivery.Origin(context));
            // A completed job is charged a moment later.
            if (StatusOf(task) == "FAILED" || (StatusOf(task) == "COMPLETED" && !task.Notes.TryAdd("looked", "")))
            {
                (told["cost"], told["currency"]) = (StatusOf(task) == "FAILED" ? 0 : task.Usd, "USD");
            }
            told["logs"] = new JsonArray();
            return Reply.Json(told);
        }

        public IResult List(HttpContext context)
        {
            if (Refuse(context) is { } refused)
            {
                return refused;
            }
            var query = context.Request.Query;
            var size = int.TryParse(query["limit"], CultureInfo.InvariantCulture, out var most) ? Math.Clamp(most, 1, 100) : 20;
            var from = int.TryParse(query["cursor"], CultureInfo.InvariantCulture, out var number) ? number : 0;
            var all = book.All.OrderByDescending(t => t.SubmittedAt).ToList();
            return Reply.Json(new JsonObject
            {
                ["data"] = new JsonArray([.. all.Skip(from).Take(size).Select(t => (JsonNode)new JsonObject
                {
                    ["job_id"] = t.Id,
                    ["model"] = t.Model,
                    ["status"] = StatusOf(t),
                    ["created_at"] = t.SubmittedAt.ToString("O", CultureInfo.InvariantCulture),
                })]),
                ["next_cursor"] = all.Count > from + size ? (from + size).ToString(CultureInfo.InvariantCulture) : null,
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
                return Error(400, "INVALID_ARGUMENT", "file: Field required");
            }
            var (address, type, until) = await uploads.KeepAsync(file, Delivery.Origin(context));
            return Reply.Json(
                new JsonObject
                {
                    ["url"] = address,
                    ["content_type"] = type,
                    ["expires_at"] = until.ToString("O", CultureInfo.InvariantCulture),
                },
                201);
        }

        public IResult Wallet(HttpContext context) => Refuse(context)
            ?? Reply.Json(new JsonObject { ["balance"] = wallet, ["spent"] = null, ["currency"] = "USD" });

        public IResult PublicKey() =>
            Reply.Json(new JsonObject { ["algorithm"] = "ed25519", ["public_key"] = HedraWord.PublicKey });

        private SimTask? Known(string? key)
        {
            lock (gate)
            {
                return key is null ? null : byKey.GetValueOrDefault(key);
            }
        }

        // Two that come at once with one key are one.
        private SimTask Take(string? key, Func<SimTask> make)
        {
            lock (gate)
            {
                if (key is not null && byKey.TryGetValue(key, out var before))
                {
                    return before;
                }
                var task = book.Take(make());
                if (task.Fate == "spoilt")
                {
                    // One result failed in a job that is otherwise done: it was given back.
                    task.Usd = 0;
                }
                if (key is not null)
                {
                    byKey[key] = task;
                }
                return task;
            }
        }

        private async Task SendWordAsync(string address, SimTask task, string origin)
        {
            var left = task.DoneAt - TimeProvider.System.GetUtcNow();
            await Task.Delay((left > TimeSpan.Zero ? left : TimeSpan.Zero) + TimeSpan.FromMilliseconds(50));
            await HedraWord.SendAsync(address, Told(task, origin));
        }

        private static string StatusOf(SimTask task) => task.At(TimeProvider.System.GetUtcNow()) switch
        {
            SimState.Waiting => "IN_QUEUE",
            SimState.Working => "IN_PROGRESS",
            SimState.Done => "COMPLETED",
            _ => "FAILED",
        };

        private JsonObject Told(SimTask task, string origin)
        {
            var status = StatusOf(task);
            return new JsonObject
            {
                ["job_id"] = task.Id,
                ["model"] = task.Model,
                ["status"] = status,
                ["prompt"] = task.Notes["prompt"],
                ["outputs"] = status == "COMPLETED" && task.Fate != "empty" ? new JsonArray(Output(task, origin)) : new JsonArray(),
                ["metrics"] = status == "COMPLETED" ? new JsonObject { ["processing_time_ms"] = 94000 } : null,
                ["error"] = status != "FAILED" ? null : task.Fate == "refuse"
                    ? Fault("MODERATION_FAILED", "Output failed moderation.")
                    : Fault("INTERNAL", "The generation failed."),
            };
        }

        private JsonObject Output(SimTask task, string origin)
        {
            var isThere = task.Fate is not ("expired" or "spoilt");
            var host = task.Fate == "forbidden_address" ? "https://10.0.0.1" : origin;
            return new JsonObject
            {
                ["status"] = task.Fate switch { "expired" => "EXPIRED", "spoilt" => "FAILED", _ => "COMPLETED" },
                ["asset_id"] = isThere ? $"asset_{task.Id[4..]}" : null,
                // Each look signs anew.
                ["url"] = isThere
                    ? $"{host}/hedra/results/{task.Id}/0?X-Amz-Signature={Guid.NewGuid():N}{Delivery.Signature(options)}"
                    : null,
                ["content_type"] = task.Spec.Kind == "clip" ? "video/mp4" : "image/png",
                ["width"] = task.Spec.Width,
                ["height"] = task.Spec.Height,
                ["duration_ms"] = task.Spec.Kind == "clip" ? (int)(task.Spec.Seconds * 1000) : null,
                ["fps"] = null,
                ["error"] = task.Fate == "spoilt" ? Fault("INTERNAL", "This output failed.") : null,
            };
        }

        private static IResult Accepted(HttpContext context, SimTask task)
        {
            context.Response.Headers.Location = $"/v3/jobs/{task.Id}";
            return Reply.Json(
                new JsonObject
                {
                    ["job_id"] = task.Id,
                    ["model"] = task.Model,
                    ["status"] = "IN_QUEUE",
                    ["status_url"] = $"/v3/jobs/{task.Id}/status",
                    ["result_url"] = $"/v3/jobs/{task.Id}",
                    ["estimated_completion_at"] = null,
                },
                202);
        }

        private IResult? Refuse(HttpContext context) =>
            context.Request.Headers.Authorization.ToString().Split(' ') is ["Key" or "Bearer", var key] && key == options.Key
                ? null
                : Error(401, "UNAUTHORIZED", "Invalid API key.");

        private IResult? NoModel(string model)
        {
            if (model == "sora-2-pro")
            {
                var gone = Fault("GONE", "Model 'sora-2-pro' has been retired.");
                gone["replaced_by"] = "kling-v3";
                return Reply.Json(new JsonObject { ["error"] = gone, ["trace_id"] = "trace" }, 410);
            }
            return shelf.Members(model) is null ? Error(404, "NOT_FOUND", $"Model '{model}' not found.") : null;
        }

        private IResult? Fault(string model, JsonObject? body)
        {
            if (body?["input"] is not JsonObject input)
            {
                return Error(400, "INVALID_ARGUMENT", "input: Field required");
            }
            var faults = shelf.Faults(model, input).Concat(uploads.Faults(input, shelf.Members(model)!)).ToList();
            if (faults.Count == 0)
            {
                return null;
            }
            var words = faults.Count == 1 ? faults[0].Words : $"{faults.Count} input fields are invalid; see details.";
            var error = Fault("INVALID_ARGUMENT", words);
            error["param"] = faults[0].Field;
            error["details"] = new JsonArray([.. faults.Select(f => (JsonNode)new JsonObject
            {
                ["field"] = f.Field,
                ["message"] = f.Words,
                ["reason"] = f.Reason,
            })]);
            return Reply.Json(new JsonObject { ["error"] = error, ["trace_id"] = "trace" }, 400);
        }

        private IResult Unfunded(decimal usd)
        {
            var error = Fault("INSUFFICIENT_BALANCE", string.Create(
                CultureInfo.InvariantCulture,
                $"Your API wallet balance is ${wallet:0.00} and this request costs ${usd:0.00}."));
            error["billing"] = new JsonObject
            {
                ["balance"] = wallet,
                ["required"] = usd,
                ["currency"] = "USD",
                ["funding_url"] = "https://www.hedra.com/develop/billing",
            };
            return Reply.Json(new JsonObject { ["error"] = error, ["trace_id"] = "trace" }, 402);
        }

        private static JsonObject Fault(string code, string message) =>
            new() { ["code"] = code, ["message"] = message, ["retryable"] = false };

        private static IResult Error(int status, string code, string message) =>
            Reply.Json(new JsonObject { ["error"] = Fault(code, message), ["trace_id"] = "trace" }, status);
    }
}
