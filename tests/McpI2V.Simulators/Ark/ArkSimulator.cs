using System.Globalization;
using System.Text.Json.Nodes;
using McpI2V.Simulators.Simulation;
using McpI2V.Simulators.Simulation.FaultInjection;

namespace McpI2V.Simulators.Ark;

/// <summary>BytePlus ModelArk (contract sheet of 2026-11-21): clips as tasks, with their list, and stills that are their own answer.
/// </summary>
public static class ArkSimulator
{
    public static readonly SimulatedProvider Provider = new("Ark", "ARK_API_KEY", Map);

    public const string Vendor = "ark";
    private const string Tasks = "/ark/api/v3/contents/generations/tasks";

    public static void Map(WebApplication app)
    {
        var options = app.Services.GetRequiredService<SimOptions>();
        var book = app.Services.GetRequiredService<ProviderSet>().Book(Vendor);
        var renderer = app.Services.GetRequiredService<ResultRenderer>();
        var room = new Room(options, book, renderer);
        app.MapPost(Tasks, (Delegate)room.SubmitAsync).WithMetadata(new Step(Vendor, "submit"));
        app.MapGet(Tasks, room.List).WithMetadata(new Step(Vendor, "history"));
        app.MapGet(Tasks + "/{id}", room.Look).WithMetadata(new Step(Vendor, "status"));
        app.MapDelete(Tasks + "/{id}", room.Delete).WithMetadata(new Step(Vendor, "cancel"));
        app.MapArkStills(options, book, renderer);
        app.MapResults(Vendor, "/ark/results/{id}", c => book.Find((string)c.GetRouteValue("id")!));
    }

    /// <summary>The answer to a wrong key; null if it is right.</summary>
    public static IResult? Refuse(HttpContext context, SimOptions options) =>
        context.Request.Headers.Authorization == $"Bearer {options.Key}"
            ? null
            : Error(401, "AuthenticationError", "The API key or AK/SK in the request is missing or invalid.");

    /// <summary>The answer where the vendor does not have a model.</summary>
    public static IResult NoModel(string? model) => model is null
        ? Error(400, "MissingParameter", "The request failed because it is missing the `model` parameter.")
        : model.Contains("seedance-1-5", StringComparison.Ordinal)
        ? Error(404, "ModelNotOpen", $"Your account has not activated the model {model}. Please activate the model service.")
        : Error(404, "InvalidEndpointOrModel.NotFound", $"The model or endpoint {model} does not exist or you do not have access to it.");

    public static IResult Error(int status, string code, string words) => Reply.Json(
        new JsonObject { ["error"] = new JsonObject
        {
            ["code"] = code,
            ["message"] = words + " Request id: 0217-simulated",
            ["param"] = "",
            ["type"] = status == 401 ? "Unauthorized" : "BadRequest",
        } },
        status);

    private sealed class Room(SimOptions options, TaskBook book, ResultRenderer renderer)
    {
        public async Task<IResult> SubmitAsync(HttpContext context)
        {
            if (Refuse(context, options) is { } refused)
            {
                return refused;
            }
            var body = await Reply.BodyAsync(context);
            if (!ArkOrder.Has(body?["model"]?.ToString()))
            {
                return NoModel(body?["model"]?.ToString());
            }
            if (ArkOrder.Fault(body!) is var (code, words))
            {
                return Error(400, code, words);
            }
            var task = book.Take(await TaskAsync(body!));
            if (task.Fate == "expired")
            {
                (task.IsCanceled, task.Notes["ended"]) = (true, "expired");
            }
            return Reply.Json(new JsonObject { ["id"] = task.Id });
        }

        public IResult Look(HttpContext context, string id)
        {
            if (Refuse(context, options) is { } refused)
            {
                return refused;
            }
            return book.GetStatus(id) is { } task && !task.Notes.ContainsKey("deleted") ? Reply.Json(Told(task, context)) : Missing(id);
        }

        public IResult List(HttpContext context)
        {
            if (Refuse(context, options) is { } refused)
            {
                return refused;
            }
            var query = context.Request.Query;
            int Number(string name, int otherwise) =>
                int.TryParse(query[name], CultureInfo.InvariantCulture, out var number) ? number : otherwise;
            var (page, size) = (Number("page_num", 1), Number("page_size", 10));
            if (page is < 1 or > 500 || size is < 1 or > 500)
            {
                return Error(400, "InvalidParameter", "page_num and page_size must be from 1 to 500.");
            }
            var all = book.All
                .Where(t => t.Spec.Kind == "clip" && !t.Notes.ContainsKey("deleted"))
                .OrderByDescending(t => t.SubmittedAt)
                .Select(t => Told(t, context))
                .Where(t => query["filter.status"].Count == 0 || query["filter.status"] == t["status"]!.ToString())
                .Where(t => query["filter.model"].Count == 0 || query["filter.model"] == t["model"]!.ToString())
                .ToList();
            return Reply.Json(new JsonObject
            {
                ["total"] = all.Count,
                ["items"] = new JsonArray([.. all.Skip((page - 1) * size).Take(size)]),
            });
        }

        public IResult Delete(HttpContext context, string id)
        {
            if (Refuse(context, options) is { } refused)
            {
                return refused;
            }
            if (book.Find(id) is not { } task || task.Notes.ContainsKey("deleted"))
            {
                return Missing(id);
            }
            switch (task.At(TimeProvider.System.GetUtcNow()))
            {
                case SimState.Waiting:
                    book.Cancel(task);
                    break;
                case SimState.Working:
                    return Error(400, "OperationDenied.RunningTask", "A task that is running can't be cancelled.");
                default:
                    // What is over is deleted, with its result.
                    task.Notes["deleted"] = "";
                    break;
            }
            return Reply.Json(new JsonObject());
        }

        private async Task<SimTask> TaskAsync(JsonObject body)
        {
            var content = ArkOrder.Content(body);
            var clip = FileOf("reference_video");
            var file = clip ?? FileOf("first_frame") ?? FileOf("reference_image");
            var size = await ArkOrder.SizeAsync(body, file);
            var clipIn = clip is null ? 0 : (await PictureSize.OfAsync(clip)).Seconds;
            var seconds = ArkOrder.SecondsOf(body);
            var (tokens, usd) = ArkOrder.Count(body, size, clipIn, seconds);
            var words = string.Join(' ', content.Where(c => $"{c["type"]}" == "text").Select(c => $"{c["text"]}"));
            return new SimTask
            {
                Id = $"cgt-{TimeProvider.System.GetUtcNow():yyyyMMddHHmmss}-{Guid.NewGuid().ToString("N")[..5]}",
                Vendor = Vendor,
                Model = $"{body["model"]}",
                Spec = new RenderSpec(
                    "clip",
                    file,
                    $"{body["model"]} {words}",
                    size.Width,
                    size.Height,
                    seconds,
                    (bool?)body["generate_audio"] ?? true),
                Usd = usd,
                SubmittedAt = TimeProvider.System.GetUtcNow(),
                Notes =
                {
                    ["tokens"] = tokens.ToString(CultureInfo.InvariantCulture),
                    ["asked"] = body.ToJsonString(),
                    ["seed"] = $"{body["seed"] ?? 11}",
                },
            };

            string? FileOf(string role) => content
                .Where(c => ArkOrder.RoleOf(c) == role)
                .Select(ArkOrder.AddressOf)
                .Where(a => a?.StartsWith("data:", StringComparison.Ordinal) == true)
                .Select(a => renderer.Keep(a!))
                .FirstOrDefault();
        }

        private JsonObject Told(SimTask task, HttpContext context)
        {
            var state = task.At(TimeProvider.System.GetUtcNow());
            var asked = JsonNode.Parse(task.Notes["asked"])!.AsObject();
            var told = new JsonObject
            {
                ["id"] = task.Id,
                ["model"] = task.Model,
                ["status"] = state switch
                {
                    SimState.Waiting => "queued",
                    SimState.Working => "running",
                    SimState.Done => "succeeded",
                    SimState.Failed => "failed",
                    _ => task.Notes.GetValueOrDefault("ended", "cancelled"),
                },
                ["created_at"] = task.SubmittedAt.ToUnixTimeSeconds(),
                ["updated_at"] = TimeProvider.System.GetUtcNow().ToUnixTimeSeconds(),
                ["service_tier"] = "default",
                ["safety_identifier"] = asked["safety_identifier"]?.DeepClone(),
                ["seed"] = long.Parse(task.Notes["seed"], CultureInfo.InvariantCulture),
                ["resolution"] = asked["resolution"]?.DeepClone(),
                ["ratio"] = asked["ratio"]?.DeepClone(),
                ["duration"] = ArkOrder.SecondsOf(asked),
                ["framespersecond"] = 24,
                ["generate_audio"] = asked["generate_audio"]?.DeepClone(),
            };
            if (state == SimState.Failed)
            {
                told["error"] = task.Fate == "refuse"
                    ? new JsonObject
                    {
                        ["code"] = "OutputVideoSensitiveContentDetected",
                        ["message"] = "The request failed because the output video may contain sensitive information.",
                    }
                    : new JsonObject { ["code"] = "InternalServiceError", ["message"] = "The service encountered an error." };
            }
            if (state == SimState.Done)
            {
                // The same address at each look: it ends a day after the success, and no look renews it.
                var origin = task.Fate == "forbidden_address" ? "https://10.0.0.1" : Delivery.Origin(context);
                task.Notes.TryAdd("address", $"{origin}/ark/results/{task.Id}?X-Tos-Signature=signed{Delivery.Signature(options)}");
                told["content"] = task.Fate == "empty" ? new JsonObject() : new JsonObject { ["video_url"] = task.Notes["address"] };
                told["usage"] = new JsonObject
                {
                    ["completion_tokens"] = Tokens(task, asked),
                    ["total_tokens"] = Tokens(task, asked),
                };
            }
            return told;
        }

        // The count may come as a number or as a text.
        private static JsonNode Tokens(SimTask task, JsonObject asked) => asked["safety_identifier"] is null
            ? long.Parse(task.Notes["tokens"], CultureInfo.InvariantCulture)
            : task.Notes["tokens"];

        private static IResult Missing(string id) => Error(404, "ResourceNotFound", $"The specified resource {id} is not found.");
    }
}
