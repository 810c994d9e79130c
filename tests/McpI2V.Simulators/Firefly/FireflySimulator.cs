using System.Text.Json.Nodes;
using McpI2V.Simulators.Simulation;
using McpI2V.Simulators.Simulation.FaultInjection;

namespace McpI2V.Simulators.Firefly;

/// <summary>
/// Adobe's Firefly Services (OpenAPI of the Generate Video API 1.0.0 and of the storage; <c>@adobe/firefly-apis</c> 2.0.1): tokens,
/// uploads, jobs that are looked at on a region's host.
/// </summary>
public static class FireflySimulator
{
    public static readonly SimulatedProvider Provider = new("Firefly", "FIREFLY_CREDENTIALS", Map)
    {
        KeyOf = (_, key) => $"{FireflyTokenRoom.ClientId}:{key}",
    };

    private const string Vendor = "firefly";
    private const string RegionHost = "https://firefly-epo855230.adobe.io";

    public static void Map(WebApplication app)
    {
        var options = app.Services.GetRequiredService<SimOptions>();
        var tokens = new FireflyTokenRoom(options);
        var room = new Room(
            options,
            app.Services.GetRequiredService<ProviderSet>().Book(Vendor),
            app.Services.GetRequiredService<Uploads>(),
            tokens);
        app.MapPost("/firefly/ims/token/v3", (Delegate)tokens.GiveAsync).WithMetadata(new Step(Vendor, "token"));
        app.MapPost("/firefly/v2/storage/image", (Delegate)room.KeepAsync).WithMetadata(new Step(Vendor, "upload"));
        app.MapPost("/firefly/v3/videos/generate", (Delegate)room.SubmitAsync).WithMetadata(new Step(Vendor, "submit"));
        app.MapGet("/firefly/v3/status/{id}", room.Look).WithMetadata(new Step(Vendor, "status"));
        // Nobody's job: clients ask for it to try their credentials.
        app.MapGet("/firefly/v3/status/none", (HttpContext c) => room.Look(c, "none")).WithMetadata(new Step(Vendor, "key"));
        app.MapPut("/firefly/v3/cancel/{id}", room.Cancel).WithMetadata(new Step(Vendor, "cancel"));
        app.MapResults(Vendor, "/firefly/results/{id}/{index}", c => room.Book.Find((string)c.GetRouteValue("id")!));
        // For tests: tokens that end or are taken back, a contract without the API.
        app.MapPost("/_sim/firefly", (JsonObject change) => room.Change(change));
    }

    private sealed class Room(SimOptions options, TaskBook book, Uploads uploads, FireflyTokenRoom tokens)
    {
        private static readonly string[] Types = ["image/jpeg", "image/png", "image/webp"];
        private const long LargestUpload = 15_000_000;
        private bool isEntitled = true;

        public TaskBook Book => book;

        public void Change(JsonObject change)
        {
            tokens.TokenSeconds = (double?)change["token_seconds"] ?? tokens.TokenSeconds;
            isEntitled = (bool?)change["entitled"] ?? isEntitled;
            if ((bool?)change["revoke"] == true)
            {
                tokens.Revoke();
            }
        }

        public async Task<IResult> KeepAsync(HttpContext context)
        {
            if (Refuse(context) is { } no)
            {
                return no;
            }
            var type = context.Request.ContentType ?? "";
            if (!Types.Contains(type))
            {
                return Error(415, "invalid_content_type", "Unsupported media type");
            }
            if (context.Request.ContentLength > LargestUpload)
            {
                return Error(413, "bad_request", "The file is larger than 15 MB");
            }
            var id = Guid.NewGuid().ToString();
            await uploads.KeepAsync(id, context.Request.Body, $"{id}.{type.Split('/')[1]}");
            return Reply.Json(new JsonObject { ["images"] = new JsonArray(new JsonObject { ["id"] = id }) });
        }

        public async Task<IResult> SubmitAsync(HttpContext context)
        {
            if (Refuse(context) is { } no)
            {
                return no;
            }
            if (!isEntitled)
            {
                return Error(404, "404040", "The service was not found");
            }
            if (context.Request.Headers["x-model-version"].ToString() is not ("" or "video1_standard"))
            {
                return Invalid("x-model-version", "Input should be 'video1_standard'");
            }
            if (await Reply.BodyAsync(context) is not { } body)
            {
                return Error(400, "empty_input_body", "The body is no JSON");
            }
            if (FireflyOrder.Fault(body, id => uploads.Find(id) is not null) is { } fault)
            {
                return Invalid(fault.Where, fault.Words);
            }
            var first = FireflyOrder.Keyframes(body).FirstOrDefault()?["source"]!["uploadId"]!.ToString();
            return Reply.Json(Named(book.Take(TaskOf(body, first is null ? null : uploads.Find(first)))), 202);
        }

        // A job that was refused is answered with what it was refused with.
        public IResult Look(HttpContext context, string id)
        {
            if (Refuse(context) is { } no)
            {
                return no;
            }
            if (book.GetStatus(id) is not { } task)
            {
                return Error(404, "unknown_job_id", "Job not found");
            }
            var now = TimeProvider.System.GetUtcNow();
            return task.At(now) switch
            {
                SimState.Failed when task.Fate == "refuse" => Reply.Json(
                    With(task, "failed", ("error_code", "output_media_unsafe"), ("message", "The clip did not pass the check")),
                    451),
                SimState.Failed => Reply.Json(
                    With(task, "failed", ("error_code", "runtime_error"), ("message", "The model could not finish"))),
                SimState.Canceled => Reply.Json(With(task, "canceled")),
                SimState.Waiting => Reply.Json(With(task, "pending", ("progress", 0))),
                SimState.Working => Reply.Json(With(task, "running", ("progress", (int)(task.Progress(now) * 100)))),
                _ => Reply.Json(With(task, "succeeded", ("result", Result(task, context)))),
            };
        }

        public IResult Cancel(HttpContext context, string id)
        {
            if (Refuse(context) is { } no)
            {
                return no;
            }
            return book.Find(id) is not { } task
                ? Error(404, "unknown_job_id", "Job not found")
                : book.Cancel(task) ? Reply.Json(With(task, "cancel_pending")) : Error(409, "job_completed", "The job has ended");
        }

        private static SimTask TaskOf(JsonObject body, string? file)
        {
            var (width, height) = FireflyOrder.SizeOf(body);
            var task = new SimTask
            {
                Id = $"urn:ff:jobs:epo855230:{Guid.NewGuid()}",
                Vendor = Vendor,
                Model = "video1_standard",
                Spec = new RenderSpec("clip", file, $"video1_standard {body["prompt"]}", width, height, FireflyOrder.Seconds),
                Usd = FireflyOrder.Usd(body),
                SubmittedAt = TimeProvider.System.GetUtcNow(),
            };
            task.Notes["seed"] = (body["seeds"] as JsonArray)?[0]?.ToString() ?? "646214641";
            return task;
        }

        private static JsonObject Named(SimTask task) => new()
        {
            ["jobId"] = task.Id,
            ["statusUrl"] = $"{RegionHost}/v3/status/{task.Id}",
            ["cancelUrl"] = $"{RegionHost}/v3/cancel/{task.Id}",
        };

        private static JsonObject With(SimTask task, string status, params ReadOnlySpan<(string Name, JsonNode Value)> more)
        {
            var told = Named(task);
            told["status"] = status;
            foreach (var (name, value) in more)
            {
                told[name] = value;
            }
            return told;
        }

        // Each look signs anew.
        private JsonObject Result(SimTask task, HttpContext context)
        {
            JsonArray outputs = [];
            if (task.Fate != "empty")
            {
                var origin = task.Fate == "forbidden_address" ? "https://10.0.0.1" : Delivery.Origin(context);
                outputs.Add((JsonNode)new JsonObject
                {
                    ["seed"] = long.Parse(task.Notes["seed"], System.Globalization.CultureInfo.InvariantCulture),
                    ["video"] = new JsonObject
                    {
                        ["url"] = $"{origin}/firefly/results/{task.Id}/0?X-Amz-Signature={Guid.NewGuid():N}{Delivery.Signature(options)}",
                    },
                });
            }
            return new JsonObject
            {
                ["size"] = new JsonObject { ["width"] = task.Spec.Width, ["height"] = task.Spec.Height },
                ["outputs"] = outputs,
            };
        }

        private IResult? Refuse(HttpContext context) =>
            tokens.Refuse(context.Request) is { } no ? Error(no.Status, no.Code, no.Words) : null;

        private static IResult Error(int status, string code, string words) =>
            Reply.Json(new JsonObject { ["error_code"] = code, ["message"] = words }, status);

        private static IResult Invalid(string where, string words) => Reply.Json(
            new JsonObject
            {
                ["error_code"] = "bad_request",
                ["message"] = "Invalid request parameters",
                ["validation_errors"] = new JsonArray(
                    new JsonObject { ["loc"] = new JsonArray("body", where), ["msg"] = words, ["type"] = "value_error" }),
            },
            400);
    }
}
