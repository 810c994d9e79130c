using System.Globalization;
using System.Text.Json.Nodes;
using McpI2V.Simulators.Simulation;
using McpI2V.Simulators.Simulation.FaultInjection;

namespace McpI2V.Simulators.Fal;

/// <summary>fal's queue, storage, models and prices (@fal-ai/client 1.10.1; fal.ai docs).</summary>
public static class FalSimulator
{
    public static readonly SimulatedProvider Provider = new("Fal", "FAL_KEY", Map);

    private const string Vendor = "fal";
    private static readonly JsonObject Endpoints = Contract.Read("fal.json");

    public static void Map(WebApplication app)
    {
        var fal = new Room(
            app.Services.GetRequiredService<SimOptions>(),
            app.Services.GetRequiredService<ProviderSet>().Book(Vendor),
            app.Services.GetRequiredService<Uploads>());
        app.MapFalStorage(fal.Uploads, fal.Refuse);
        app.MapGet("/fal/v1/models", (HttpContext c) => fal.Refuse(c) ?? Models(c)).WithMetadata(new Step(Vendor, "models"));
        app.MapGet("/fal/v1/models/pricing", (HttpContext c) => fal.Refuse(c) ?? Pricing(c)).WithMetadata(new Step(Vendor, "pricing"));
        app.MapGet("/fal/v1/models/requests/by-endpoint", fal.History).WithMetadata(new Step(Vendor, "history"));
        app.MapPost("/fal/{**endpoint}", fal.SubmitAsync).WithMetadata(new Step(Vendor, "submit"));
        app.MapGet("/fal/{owner}/{alias}/requests/{id}/status", fal.Status).WithMetadata(new Step(Vendor, "status"));
        app.MapGet("/fal/{owner}/{alias}/requests/{id}", fal.Result).WithMetadata(new Step(Vendor, "result"));
        app.MapPut("/fal/{owner}/{alias}/requests/{id}/cancel", fal.Cancel).WithMetadata(new Step(Vendor, "cancel"));
        app.MapResults(Vendor, "/fal/results/{id}/{index}", c => fal.Book.Find((string)c.GetRouteValue("id")!));
    }

    /// <summary>What a unit costs here.</summary>
    private static (decimal Usd, string Unit) PriceOf(string endpoint) => FalOrder.Output(Output(endpoint)) switch
    {
        "still" => (0.04m, "image"),
        "sound" => (0.01m, "request"),
        _ => (0.08m, "second"),
    };

    private static JsonObject Output(string endpoint) =>
        Endpoints[endpoint]?["output"] as JsonObject ?? new JsonObject { ["video"] = new JsonObject() };

    private static IResult Pricing(HttpContext context)
    {
        var endpoint = context.Request.Query["endpoint_id"].ToString();
        var (usd, unit) = PriceOf(endpoint);
        JsonNode row = new JsonObject { ["endpoint_id"] = endpoint, ["unit_price"] = usd, ["unit"] = unit, ["currency"] = "USD" };
        return Reply.Json(new JsonObject { ["prices"] = IsKnown(endpoint) ? new JsonArray(row) : [], ["has_more"] = false });
    }

    // One model that no catalogue has: for those who ask by id.
    private const string Unlisted = "acme/dream/image-to-video";

    private static bool IsKnown(string endpoint) => Endpoints.ContainsKey(endpoint) || endpoint == Unlisted;

    private static IResult Models(HttpContext context)
    {
        var endpoint = context.Request.Query["endpoint_id"].ToString();
        if (!IsKnown(endpoint))
        {
            return Reply.Json(new JsonObject { ["models"] = new JsonArray(), ["has_more"] = false });
        }
        var properties = new JsonObject
        {
            ["prompt"] = new JsonObject { ["type"] = "string" },
            ["image_url"] = new JsonObject { ["type"] = "string" },
            ["duration"] = new JsonObject { ["type"] = "string", ["enum"] = new JsonArray("4", "8") },
            ["resolution"] = new JsonObject { ["type"] = "string", ["enum"] = new JsonArray("480p", "720p") },
            ["seed"] = new JsonObject { ["type"] = "integer" },
            ["mood"] = new JsonObject { ["type"] = "string" },
        };
        JsonNode model = new JsonObject
        {
            ["endpoint_id"] = endpoint,
            ["metadata"] = new JsonObject { ["display_name"] = endpoint, ["category"] = "image-to-video", ["status"] = "active" },
            ["openapi"] = new JsonObject { ["components"] = new JsonObject
            {
                ["schemas"] = new JsonObject { ["DreamImageToVideoInput"] = new JsonObject { ["properties"] = properties } },
            } },
        };
        return Reply.Json(new JsonObject { ["models"] = new JsonArray(model), ["has_more"] = false });
    }

    private sealed class Room(SimOptions options, TaskBook book, Uploads uploads)
    {
        public TaskBook Book => book;

        public Uploads Uploads => uploads;

        public IResult? Refuse(HttpContext context) => context.Request.Headers.Authorization == $"Key {options.Key}"
            ? null
            : Reply.Json(
                new JsonObject { ["detail"] = "Cannot access application. Authentication is required to access this application." },
                401);

        public async Task<IResult> SubmitAsync(HttpContext context, string endpoint)
        {
            if (Refuse(context) is { } refused)
            {
                return refused;
            }
            if (!IsKnown(endpoint))
            {
                return Reply.Json(new JsonObject { ["detail"] = $"Application '{endpoint}' not found" }, 404);
            }
            if (await Reply.BodyAsync(context) is not { } body)
            {
                return Reply.Json(Detail("body", "JSON decode error", "json_invalid"), 422);
            }
            if (Endpoints[endpoint]?["input"] is JsonObject members && Contract.Fault(body, members) is var (member, words, type))
            {
                return Reply.Json(Detail(member, words, type), 422);
            }
            var (usd, _) = PriceOf(endpoint);
            var order = await FalOrder.OfAsync(endpoint, body, FalOrder.Output(Output(endpoint)), uploads);
            var task = book.Take(new SimTask
            {
                Id = Guid.NewGuid().ToString(),
                Vendor = Vendor,
                Model = endpoint,
                Spec = order.Spec,
                Count = order.Count,
                Usd = decimal.Round(order.Units * usd, 6),
                SubmittedAt = TimeProvider.System.GetUtcNow(),
            });
            task.Notes["input"] = body.ToJsonString();
            task.Notes["units"] = order.Units.ToString(CultureInfo.InvariantCulture);
            var home = $"{Delivery.Origin(context)}/fal/{string.Join('/', endpoint.Split('/').Take(2))}/requests/{task.Id}";
            return Reply.Json(new JsonObject
            {
                ["status"] = "IN_QUEUE",
                ["request_id"] = task.Id,
                ["response_url"] = home,
                ["status_url"] = home + "/status",
                ["cancel_url"] = home + "/cancel",
                ["queue_position"] = 0,
            });
        }

        /// <summary>
        /// What has ended, two to a page so that pages are turned (fal.ai/docs/platform-apis: limit at most 100, next_cursor, payloads on
        /// demand).
        /// </summary>
        public IResult History(HttpContext context)
        {
            if (Refuse(context) is { } refused)
            {
                return refused;
            }
            const int PageSize = 2;
            var query = context.Request.Query;
            if (!DateTimeOffset.TryParse(query["start"], CultureInfo.InvariantCulture, out var start)
                || !IsKnown(query["endpoint_id"].ToString()))
            {
                return Reply.Json(Detail("start", "Invalid query", "value_error"), 422);
            }
            var page = int.TryParse(query["cursor"], CultureInfo.InvariantCulture, out var number) ? number : 0;
            var now = TimeProvider.System.GetUtcNow();
            var ended = book.All
                .Where(t => t.Model == query["endpoint_id"]
                    && t.SubmittedAt >= start
                    && t.At(now) is not (SimState.Waiting or SimState.Working))
                .OrderByDescending(t => t.DoneAt)
                .ToList();
            var items = ended.Skip(page * PageSize).Take(PageSize).Select(t =>
            {
                var item = new JsonObject
                {
                    ["request_id"] = t.Id,
                    ["endpoint_id"] = t.Model,
                    ["sent_at"] = t.SubmittedAt.ToString("O", CultureInfo.InvariantCulture),
                    ["ended_at"] = t.DoneAt.ToString("O", CultureInfo.InvariantCulture),
                    ["status_code"] = t.At(now) == SimState.Done ? 200 : 500,
                };
                if (query["expand"] == "payloads")
                {
                    item["json_input"] = JsonNode.Parse(t.Notes["input"]);
                }
                return (JsonNode)item;
            });
            var hasMore = ended.Count > (page + 1) * PageSize;
            return Reply.Json(new JsonObject
            {
                ["items"] = new JsonArray([.. items]),
                ["has_more"] = hasMore,
                ["next_cursor"] = hasMore ? (page + 1).ToString(CultureInfo.InvariantCulture) : null,
            });
        }

        public IResult Status(HttpContext context, string id)
        {
            if (Refuse(context) is { } refused)
            {
                return refused;
            }
            if (book.GetStatus(id) is not { } task)
            {
                return Reply.Json(new JsonObject { ["detail"] = "Request not found" }, 404);
            }
            var body = new JsonObject
            {
                ["request_id"] = id,
                ["response_url"] =
                    $"{Delivery.Origin(context)}{context.Request.Path.Value!.Replace("/status", "", StringComparison.Ordinal)}",
            };
            var state = task.At(TimeProvider.System.GetUtcNow());
            switch (state)
            {
                case SimState.Waiting:
                    (body["status"], body["queue_position"]) = ("IN_QUEUE", 1);
                    return Reply.Json(body, 202);
                case SimState.Working:
                    body["status"] = "IN_PROGRESS";
                    body["logs"] = context.Request.Query["logs"] == "1"
                        ? new JsonArray(new JsonObject
                        {
                            ["message"] = "rendering",
                            ["level"] = "INFO",
                            ["timestamp"] = task.StartsAt.ToString("O", CultureInfo.InvariantCulture),
                        })
                        : null;
                    return Reply.Json(body, 202);
                default:
                    body["status"] = "COMPLETED";
                    body["metrics"] = new JsonObject { ["inference_time"] = options.JobSeconds };
                    return Reply.Json(body);
            }
        }

        public IResult Result(HttpContext context, string id)
        {
            if (Refuse(context) is { } refused)
            {
                return refused;
            }
            if (book.Find(id) is not { } task)
            {
                return Reply.Json(new JsonObject { ["detail"] = "Request not found" }, 404);
            }
            book.Settle();
            return task.At(TimeProvider.System.GetUtcNow()) switch
            {
                SimState.Waiting or SimState.Working => Reply.Json(new JsonObject { ["detail"] = "Request is still in progress" }, 400),
                SimState.Canceled => Reply.Json(new JsonObject { ["detail"] = "Request was cancelled" }, 499),
                SimState.Failed when task.Fate == "refuse" => Reply.Json(
                    Detail(
                        "prompt",
                        "The content could not be processed because it contained material flagged by a content checker.",
                        "content_policy_violation"),
                    422),
                SimState.Failed => Reply.Json(new JsonObject { ["detail"] = "Internal Server Error: the worker ran out of memory" }, 500),
                _ => Made(context, task),
            };
        }

        public IResult Cancel(HttpContext context, string id)
        {
            if (Refuse(context) is { } refused)
            {
                return refused;
            }
            return book.Find(id) is not { } task
                ? Reply.Json(new JsonObject { ["status"] = "NOT_FOUND" }, 404)
                : book.Cancel(task)
                ? Reply.Json(new JsonObject { ["status"] = "CANCELLATION_REQUESTED" }, 202)
                : Reply.Json(new JsonObject { ["status"] = "ALREADY_COMPLETED" }, 400);
        }

        private static IResult Made(HttpContext context, SimTask task)
        {
            context.Response.Headers["x-fal-billable-units"] = task.Notes["units"];
            var files = Enumerable.Range(0, task.Fate == "empty" ? 0 : task.Count)
                .Select(i => (JsonNode)new JsonObject
                {
                    ["url"] = $"{Delivery.Origin(context)}/fal/results/{task.Id}/{i}",
                    ["content_type"] = task.Spec.Kind switch { "clip" => "video/mp4", "still" => "image/png", _ => "audio/mpeg" },
                })
                .ToList();
            var result = new JsonObject { ["seed"] = 42 };
            foreach (var member in FalOrder.Members(Output(task.Model)))
            {
                result[member] = member is "images"
                    ? new JsonArray([.. files.Select(f => f.DeepClone())])
                    : files.FirstOrDefault()?.DeepClone();
            }
            return Reply.Json(result);
        }

        private static JsonObject Detail(string member, string words, string type)
        {
            JsonNode fault = new JsonObject { ["loc"] = new JsonArray("body", member), ["msg"] = words, ["type"] = type };
            return new JsonObject { ["detail"] = new JsonArray(fault) };
        }
    }
}
