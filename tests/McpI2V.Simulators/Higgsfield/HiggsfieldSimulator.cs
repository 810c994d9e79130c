using System.Collections.Concurrent;
using System.Globalization;
using System.Text.Json.Nodes;
using McpI2V.Simulators.Simulation;
using McpI2V.Simulators.Simulation.FaultInjection;

namespace McpI2V.Simulators.Higgsfield;

/// <summary>
/// Higgsfield's API (`@higgsfield/client` 0.2.6; its docs as others copied them, 2026-08 to 2026-10): models, estimates, uploads, requests.
/// </summary>
public static class HiggsfieldSimulator
{
    public static readonly SimulatedProvider Provider = new("Higgsfield", "HF_CREDENTIALS", Map);

    private const string Vendor = "higgsfield";

    public static void Map(WebApplication app)
    {
        var room = new Room(
            app.Services.GetRequiredService<SimOptions>(),
            app.Services.GetRequiredService<ProviderSet>().Book(Vendor),
            app.Services.GetRequiredService<Uploads>());
        app.MapGet("/higgsfield/models", room.List).WithMetadata(new Step(Vendor, "models"));
        app.MapPost("/higgsfield/estimate/{**id}", (Delegate)room.EstimateAsync).WithMetadata(new Step(Vendor, "estimate"));
        app.MapPost("/higgsfield/files/generate-upload-url", (Delegate)room.PlaceAsync).WithMetadata(new Step(Vendor, "upload"));
        app.MapPut("/higgsfield/storage/{name}", (Delegate)room.KeepAsync).WithMetadata(new Step(Vendor, "upload"));
        app.MapPost("/higgsfield/requests/{id}/cancel", room.Cancel).WithMetadata(new Step(Vendor, "cancel"));
        app.MapGet("/higgsfield/requests/{id}/status", room.Look).WithMetadata(new Step(Vendor, "status"));
        // Nobody's request: clients ask for it to try their key.
        app
            .MapGet($"/higgsfield/requests/{Guid.Empty}/status", (HttpContext c) => room.Look(c, Guid.Empty.ToString()))
            .WithMetadata(new Step(Vendor, "key"));
        app.MapPost("/higgsfield/{**id}", (Delegate)room.SubmitAsync).WithMetadata(new Step(Vendor, "submit"));
        app.MapResults(Vendor, "/higgsfield/results/{id}/{index}", c => room.Book.Find((string)c.GetRouteValue("id")!));
        // For tests: a model whose price changes, addresses of another host, a bound of requests at once.
        app.MapPost("/_sim/higgsfield/{**id}", (string id, JsonObject change) => room.Change(id, change));
    }

    private sealed class Room(SimOptions options, TaskBook book, Uploads uploads)
    {
        private static readonly string[] Types =
            ["image/jpeg", "image/jpg", "image/png", "image/webp", "image/gif", "audio/wav", "audio/x-wav", "video/mp4"];

        private readonly HiggsfieldShelf shelf = new();
        private readonly ConcurrentDictionary<string, string> places = new(StringComparer.Ordinal);
        private readonly ConcurrentDictionary<string, (string Request, string Task)> keys = new(StringComparer.Ordinal);
        private string? host;
        private int atOnce = int.MaxValue;

        public TaskBook Book => book;

        public void Change(string id, JsonObject change)
        {
            if (change["factor"] is { } factor)
            {
                shelf.Reprice(id, (decimal)factor);
            }
            host = change["host"]?.ToString() ?? host;
            atOnce = (int?)change["at_once"] ?? atOnce;
        }

        public IResult List(HttpContext context)
        {
            var (search, withSchema) = (context.Request.Query["search"].ToString(), context.Request.Query["include_schema"] == "true");
            return Refuse(context) ?? Reply.Json(new JsonObject
            {
                ["items"] = new JsonArray(
                [
                    .. shelf.Ids
                        .Where(i => i.Contains(search, StringComparison.OrdinalIgnoreCase))
                        .Select(i => (JsonNode)shelf.Item(i, withSchema)),
                ]),
            });
        }

        public async Task<IResult> EstimateAsync(HttpContext context, string id)
        {
            if (Refuse(context) is { } no)
            {
                return no;
            }
            var (input, wrong) = await InputAsync(context, id);
            if (wrong is not null)
            {
                return wrong;
            }
            var usd = shelf.Usd(id, input!);
            return Reply.Json(shelf.IsDescribed(id)
                ? new JsonObject
                {
                    ["type"] = "description",
                    ["pricing_description"] = "Your request costs roughly so much per second of generated video.",
                }
                : new JsonObject
                {
                    ["type"] = "estimate",
                    ["credits"] = (usd * 16).ToString("0.000", CultureInfo.InvariantCulture),
                    ["usd"] = usd.ToString("0.000", CultureInfo.InvariantCulture),
                });
        }

        public async Task<IResult> PlaceAsync(HttpContext context)
        {
            if (Refuse(context) is { } no)
            {
                return no;
            }
            var type = (await Reply.BodyAsync(context))?["content_type"]?.ToString() ?? "";
            if (!Types.Contains(type))
            {
                return Invalid("content_type", "Unsupported content type");
            }
            var name = $"{Guid.NewGuid():N}.{type.Split('/')[1]}";
            places[name] = type;
            var origin = Delivery.Origin(context);
            return Reply.Json(new JsonObject
            {
                ["public_url"] = $"{origin}/higgsfield/public/{name}",
                ["upload_url"] = $"{origin}/higgsfield/storage/{name}?X-Amz-Signature=once",
                ["content_type"] = type,
                ["upload_headers"] = new JsonObject { ["Content-Type"] = type, ["x-amz-tagging"] = "retention=temporary" },
            });
        }

        public async Task<IResult> KeepAsync(HttpContext context, string name)
        {
            var request = context.Request;
            // What was signed is all that is taken, and credentials have no business here.
            if (!places.TryGetValue(name, out var type)
                || request.ContentType != type
                || request.Headers["x-amz-tagging"] != "retention=temporary"
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
            var (input, wrong) = await InputAsync(context, id);
            if (wrong is not null)
            {
                return wrong;
            }
            var key = context.Request.Headers["Idempotency-Key"].ToString();
            var request = $"{id}{context.Request.QueryString} {input!.ToJsonString()}";
            if (key.Length > 0 && keys.TryGetValue(key, out var known))
            {
                return known.Request != request
                    ? Error(422, "Idempotency-Key was used with other parameters")
                    : Reply.Json(Told(book.Find(known.Task)!, context));
            }
            var now = TimeProvider.System.GetUtcNow();
            if (book.All.Count(t => t.At(now) is SimState.Waiting or SimState.Working) >= atOnce)
            {
                return Error(400, $"Maximum number of concurrent requests ({atOnce}) has been reached");
            }
            var task = book.Take(await TaskAsync(id, input));
            if (key.Length > 0)
            {
                keys[key] = (request, task.Id);
            }
            return Reply.Json(Told(task, context));
        }

        public IResult Look(HttpContext context, string id) => Refuse(context)
            ?? (book.GetStatus(id) is { } task ? Reply.Json(Told(task, context)) : Error(404, "Request not found"));

        public IResult Cancel(HttpContext context, string id)
        {
            if (Refuse(context) is { } no)
            {
                return no;
            }
            if (book.Find(id) is not { } task)
            {
                return Error(404, "Request not found");
            }
            var waits = task.At(TimeProvider.System.GetUtcNow()) == SimState.Waiting;
            return waits && book.Cancel(task) ? Results.StatusCode(202) : Error(400, "The request has started already");
        }

        // The SDK's credentials are an id and a secret; tests of the program have one key for every vendor.
        private IResult? Refuse(HttpContext context)
        {
            var request = context.Request;
            context.Response.Headers["X-Correlation-ID"] = Guid.NewGuid().ToString();
            return request.Headers.Authorization.ToString() is var given
                && (given == $"Key {options.Key}"
                    || given == $"Key {options.Key}:secret"
                    || (request.Headers["hf-api-key"] == options.Key && request.Headers["hf-secret"] == "secret"))
                ? null
                : Error(401, "Invalid credentials");
        }

        private async Task<(JsonObject? Input, IResult? Wrong)> InputAsync(HttpContext context, string id)
        {
            if (shelf.Members(id) is not { } members)
            {
                return (null, Error(404, "Model not found"));
            }
            if (await Reply.BodyAsync(context) is not { } input)
            {
                return (null, Error(400, "The body is no JSON"));
            }
            return Contract.InputFault(input, members) is { } fault ? (null, Invalid("input", fault)) : (input, null);
        }

        private async Task<SimTask> TaskAsync(string id, JsonObject input)
        {
            var isClip = shelf.IsClip(id);
            var file = uploads.Behind(input["image_url"]?.ToString());
            var shortSide = (input["resolution"] ?? shelf.Members(id)!["resolution"]?["default"])?.ToString() switch
            {
                "480p" => 480,
                "1080p" => 1080,
                "768P" => 768,
                "2K" => 1440,
                _ => id.Contains("/pro/", StringComparison.Ordinal) ? 1080 : 720,
            };
            var (width, height) = await PictureSize.WithAsync(input["aspect_ratio"]?.ToString(), shortSide, file);
            return new SimTask
            {
                Id = Guid.NewGuid().ToString(),
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

        private JsonObject Told(SimTask task, HttpContext context)
        {
            var state = task.At(TimeProvider.System.GetUtcNow());
            var home = host ?? $"{Delivery.Origin(context)}/higgsfield";
            var told = new JsonObject
            {
                ["status"] = state switch
                {
                    SimState.Waiting => "queued",
                    SimState.Done => "completed",
                    SimState.Failed => task.Fate == "refuse" ? "nsfw" : "failed",
                    SimState.Canceled => "canceled",
                    _ => "in_progress",
                },
                ["request_id"] = task.Id,
                ["status_url"] = $"{home}/requests/{task.Id}/status",
                ["cancel_url"] = $"{home}/requests/{task.Id}/cancel",
            };
            if (state == SimState.Failed && task.Fate != "refuse")
            {
                told["error"] = "The model could not finish.";
            }
            if (state == SimState.Done && task.Fate != "empty")
            {
                var origin = task.Fate == "forbidden_address" ? "https://10.0.0.1" : Delivery.Origin(context);
                var made = new JsonObject { ["url"] = $"{origin}/higgsfield/results/{task.Id}/0?signed=1{Delivery.Signature(options)}" };
                told[task.Spec.Kind == "clip" ? "video" : "images"] = task.Spec.Kind == "clip" ? made : new JsonArray(made);
            }
            return told;
        }

        private static IResult Error(int status, string detail) => Reply.Json(new JsonObject { ["detail"] = detail }, status);

        private static IResult Invalid(string member, string words) => Reply.Json(
            new JsonObject { ["detail"] = new JsonArray(new JsonObject { ["loc"] = new JsonArray("body", member), ["msg"] = words }) },
            422);
    }
}
