using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json.Nodes;
using McpI2V.Simulators.Simulation;
using McpI2V.Simulators.Simulation.FaultInjection;

namespace McpI2V.Simulators.Pika;

/// <summary>Pika's API as public clients of 2026-08 to 2026-10 speak it: catalogue, uploads, operations, jobs, balance.</summary>
public static class PikaSimulator
{
    public static readonly SimulatedProvider Provider = new("Pika", "PIKA_API_KEY", Map);

    private const string Vendor = "pika";

    public static void Map(WebApplication app)
    {
        var room = new Room(
            app.Services.GetRequiredService<SimOptions>(),
            app.Services.GetRequiredService<ProviderSet>().Book(Vendor),
            app.Services.GetRequiredService<Uploads>(),
            app.Services.GetRequiredService<Faults>(),
            app.Services.GetRequiredService<Bill>());
        app.MapGet("/pika/catalog/apis", room.List).WithMetadata(new Step(Vendor, "models"));
        app.MapGet("/pika/catalog/apis/{**id}", room.Record).WithMetadata(new Step(Vendor, "models"));
        app.MapPost("/pika/v1/media/uploads", (Delegate)room.PlaceAsync).WithMetadata(new Step(Vendor, "upload"));
        app.MapPut("/pika/storage/{name}", (Delegate)room.KeepAsync).WithMetadata(new Step(Vendor, "upload"));
        app.MapPost("/pika/v1/media/{**id}", (Delegate)room.SubmitAsync).WithMetadata(new Step(Vendor, "submit"));
        app.MapGet("/pika/v1/media/jobs/{id}", room.Look).WithMetadata(new Step(Vendor, "status"));
        app.MapGet("/pika/v1/media/jobs/{id}/content", room.Content).WithMetadata(new Step(Vendor, "result"));
        app.MapGet("/pika/billing/balance", room.Balance).WithMetadata(new Step(Vendor, "key"));
        app.MapResults(Vendor, "/pika/results/{id}/{index}", c => room.Book.Find((string)c.GetRouteValue("id")!));
        // For tests: an operation that changes between two calls.
        app.MapPost("/_sim/pika/{**id}", (string id, JsonObject change) => room.Change(id, change));
    }

    private sealed class Room(SimOptions options, TaskBook book, Uploads uploads, Faults faults, Bill bill)
    {
        private const decimal Funds = 100;
        private const long MostOfPicture = 20_000_000;
        private const long MostOfClip = 50_000_000;
        private readonly PikaShelf shelf = new();
        private readonly ConcurrentDictionary<string, (string Type, long Bytes)> places = new(StringComparer.Ordinal);
        private readonly ConcurrentDictionary<string, (string Request, string Job)> keys = new(StringComparer.Ordinal);
        private readonly ConcurrentDictionary<string, string> refused = new(StringComparer.Ordinal);

        public TaskBook Book => book;

        public void Change(string id, JsonObject change)
        {
            if (change["factor"] is { } factor)
            {
                shelf.Reprice(id, (decimal)factor);
            }
            foreach (var (from, to) in change["rename"] as JsonObject ?? [])
            {
                shelf.Rename(id, from, to!.ToString());
            }
        }

        public IResult List() => Reply.Json(
            new JsonObject { ["apis"] = new JsonArray([.. shelf.Ids.Select(i => (JsonNode)shelf.Record(i, withInputs: false)!)]) });

        public IResult Record(HttpContext context, string id)
        {
            context.Response.Headers.CacheControl = "no-store";
            return shelf.Record(id, context.Request.Query["expand"] == "inputs") is { } record
                ? Reply.Json(record)
                : Error(404, "Not found");
        }

        public async Task<IResult> PlaceAsync(HttpContext context)
        {
            if (Refuse(context) is { } no)
            {
                return no;
            }
            var wanted = await Reply.BodyAsync(context);
            if (wanted?["content_type"]?.ToString() is not { } type || wanted["size_bytes"] is not JsonValue size)
            {
                return Error(422, "content_type and size_bytes are required");
            }
            if ((long)size > (type.StartsWith("video/", StringComparison.Ordinal) ? MostOfClip : MostOfPicture))
            {
                return Error(413, "The file is too large");
            }
            var name = $"{Guid.NewGuid():N}.{type.Split('/')[1]}";
            places[name] = (type, (long)size);
            var origin = Delivery.Origin(context);
            return Reply.Json(new JsonObject
            {
                ["upload_url"] = $"{origin}/pika/storage/{name}?X-Amz-Signature=once",
                ["url"] = $"{origin}/pika/hosted/{name}",
                ["headers"] = new JsonObject
                {
                    ["Content-Type"] = type,
                    ["Content-Length"] = ((long)size).ToString(CultureInfo.InvariantCulture),
                    ["x-signed"] = "exactly",
                },
            });
        }

        public async Task<IResult> KeepAsync(HttpContext context, string name)
        {
            var request = context.Request;
            // What was signed is all that is taken, and a key has no business here.
            if (!places.TryGetValue(name, out var place)
                || request.ContentType != place.Type
                || request.ContentLength != place.Bytes
                || request.Headers["x-signed"] != "exactly"
                || request.Headers.ContainsKey("X-API-Key")
                || request.Headers.Authorization.Count > 0)
            {
                return Results.StatusCode(403);
            }
            await uploads.KeepAsync(name, request.Body, name);
            return Results.StatusCode(200);
        }

        public async Task<IResult> SubmitAsync(HttpContext context, string id)
        {
            if (Refuse(context) is { } no)
            {
                return no;
            }
            if (shelf.Members(id) is not { } members)
            {
                return Error(404, "Unknown operation");
            }
            if (await Reply.BodyAsync(context) is not { } input)
            {
                return Error(422, "The body is no JSON");
            }
            var key = context.Request.Headers["Idempotency-Key"].ToString();
            var request = $"{id} {input.ToJsonString()}";
            if (key.Length > 0 && keys.TryGetValue(key, out var known))
            {
                return known.Request != request
                    ? Error(409, "This idempotency key was used with another body")
                    : Reply.Json(Told(known.Job, context)!);
            }
            if (Contract.InputFault(input, members) is { } fault)
            {
                return Error(422, fault);
            }
            if (input.ToJsonString().Contains("\"data:", StringComparison.Ordinal))
            {
                return Error(422, "Files are addresses on https");
            }
            var job = "media_" + Guid.NewGuid().ToString("N")[..24];
            if (faults.Take(Vendor, "admission") is { } admission)
            {
                // A refusal for money or rate is a job that has failed already, and that its key answers with from now on.
                refused[job] = admission.Kind;
            }
            else
            {
                book.Take(await TaskAsync(job, id, input));
            }
            if (key.Length > 0)
            {
                keys[key] = (request, job);
            }
            return Reply.Json(Told(job, context)!);
        }

        public IResult Look(HttpContext context, string id)
        {
            if (Refuse(context) is { } no)
            {
                return no;
            }
            book.GetStatus(id);
            return Told(id, context) is { } told ? Reply.Json(told) : Error(404, "Unknown job");
        }

        public IResult Content(HttpContext context, string id) => Refuse(context)
            ?? (Told(id, context) is not { } told
                ? Error(404, "Unknown job")
                : told["status"]!.ToString() != "completed"
                ? Error(409, "The job has not completed")
                : Reply.Json(new JsonObject { ["url"] = Address(id, context) }));

        public IResult Balance(HttpContext context)
        {
            book.Settle();
            var spent = bill.Lines.Where(l => l.Vendor == Vendor).Sum(l => l.Usd);
            return Refuse(context) ?? Reply.Json(new JsonObject
            {
                ["balance_micro_usd"] = (long)((Funds - spent) * 1_000_000),
                ["postpaid"] = new JsonObject { ["active"] = false, ["cycle"] = null },
            });
        }

        private IResult? Refuse(HttpContext context) =>
            context.Request.Headers["X-API-Key"] == options.Key || context.Request.Headers.Authorization == $"Bearer {options.Key}"
                ? null
                : Error(401, "Invalid API key");

        private async Task<SimTask> TaskAsync(string job, string id, JsonObject input)
        {
            var file = shelf.Members(id)!
                .Where(m => m.Value!["uri"] is not null)
                .Select(m => uploads.Behind((input[m.Key] is JsonArray list ? list.FirstOrDefault() : input[m.Key])?.ToString()))
                .FirstOrDefault(f => f is not null);
            var isClip = shelf.Category(id) == "video";
            var shortSide = (input["resolution"] ?? shelf.Members(id)!["resolution"]?["default"])?.ToString() switch
            {
                "480p" => 480,
                "1080p" => 1080,
                "768P" => 768,
                "1K" => 1024,
                "2K" => 1440,
                "4K" => 2160,
                _ => 720,
            };
            var (width, height) = await PictureSize.WithAsync(input["aspect_ratio"]?.ToString(), shortSide, file);
            return new SimTask
            {
                Id = job,
                Vendor = Vendor,
                Model = id,
                Spec = new RenderSpec(
                    isClip ? "clip" : "still",
                    file,
                    $"{id} {input["prompt"]}",
                    width,
                    height,
                    isClip ? shelf.Seconds(id, input) : 0,
                    shelf.IsNative(id) || input["generate_audio"]?.ToString() == "true" || input["sound"]?.ToString() == "on"),
                Usd = shelf.Usd(id, input),
                SubmittedAt = TimeProvider.System.GetUtcNow(),
            };
        }

        // Every member is there, null or not.
        private JsonObject? Told(string id, HttpContext context)
        {
            var task = book.Find(id);
            var state = task?.At(TimeProvider.System.GetUtcNow()) ?? SimState.Failed;
            if (task is null && !refused.ContainsKey(id))
            {
                return null;
            }
            return new JsonObject
            {
                ["id"] = id,
                ["status"] = state switch
                {
                    SimState.Waiting => "queued",
                    SimState.Done => "completed",
                    SimState.Failed => "failed",
                    _ => "running",
                },
                ["output"] = state == SimState.Done ? Output(task!, context) : null,
                ["error"] = state == SimState.Failed ? Failure(id, task) : null,
            };
        }

        private JsonObject Failure(string id, SimTask? task) => refused.TryGetValue(id, out var code)
            ? new JsonObject { ["code"] = code, ["message"] = "Not admitted." }
            : task!.Fate == "refuse"
            ? new JsonObject { ["code"] = "content_moderation", ["message"] = "The input was flagged." }
            : new JsonObject { ["code"] = "provider_error", ["message"] = "The model could not finish." };

        private JsonObject Output(SimTask task, HttpContext context)
        {
            var isClip = task.Spec.Kind == "clip";
            JsonObject? made = task.Fate == "empty"
                ? null
                : new JsonObject { ["url"] = Address(task.Id, context), ["content_type"] = isClip ? "video/mp4" : "image/png" };
            return new JsonObject
            {
                ["media_type"] = isClip ? "video" : "image",
                ["video"] = isClip ? made : null,
                ["videos"] = null,
                ["images"] = isClip || made is null ? null : new JsonArray(made),
            };
        }

        private string Address(string id, HttpContext context)
        {
            var origin = book.Find(id)?.Fate == "forbidden_address" ? "https://10.0.0.1" : Delivery.Origin(context);
            return $"{origin}/pika/results/{id}/0?signed=1{Delivery.Signature(options)}";
        }

        private static IResult Error(int status, string message) => Reply.Json(new JsonObject { ["message"] = message }, status);
    }
}
