using System.Text.Json.Nodes;
using McpI2V.Simulators.Simulation;
using McpI2V.Simulators.Simulation.FaultInjection;

namespace McpI2V.Simulators.RunPod;

/// <summary>RunPod's serverless endpoints (runpod-sdk 1.1.2; docs.runpod.io/public-endpoints).</summary>
public static class RunPodSimulator
{
    public static readonly SimulatedProvider Provider = new("RunPod", "RUNPOD_API_KEY", Map);

    private const string Vendor = "runpod";
    private static readonly string[] Endpoints = ["wan-2-1-i2v-720", "wan-2-2-i2v-720", "wan-2-6-i2v"];

    public static void Map(WebApplication app)
    {
        var room = new Room(
            app.Services.GetRequiredService<SimOptions>(),
            app.Services.GetRequiredService<ProviderSet>().Book(Vendor),
            app.Services.GetRequiredService<Uploads>());
        app.MapPost("/runpod/v2/{endpoint}/run", room.RunAsync).WithMetadata(new Step(Vendor, "submit"));
        app.MapGet("/runpod/v2/{endpoint}/status/{id}", room.Status).WithMetadata(new Step(Vendor, "status"));
        app.MapPost("/runpod/v2/{endpoint}/cancel/{id}", room.Cancel).WithMetadata(new Step(Vendor, "cancel"));
        app.MapGet("/runpod/v2/{endpoint}/health", room.Health).WithMetadata(new Step(Vendor, "key"));
        app.MapResults(Vendor, "/runpod/results/{id}/{index}", c => room.Book.Find((string)c.GetRouteValue("id")!));
    }

    private sealed class Room(SimOptions options, TaskBook book, Uploads uploads)
    {
        public TaskBook Book => book;

        public async Task<IResult> RunAsync(HttpContext context, string endpoint)
        {
            if (Refuse(context, endpoint) is { } refused)
            {
                return refused;
            }
            if ((await Reply.BodyAsync(context))?["input"] is not JsonObject input)
            {
                return Error(400, "input is required");
            }
            if (input["prompt"] is null || input["image"] is null)
            {
                return Error(400, $"{(input["prompt"] is null ? "prompt" : "image")} is required");
            }
            var picture = uploads.Behind(input["image"]!.ToString());
            var size = input["size"]?.ToString().Split('*').Select(int.Parse).ToArray();
            var (width, height) = size is [var w, var h]
                ? (w, h)
                : await PictureSize.WithAsync(null, input["resolution"]?.ToString() == "1080p" ? 1080 : 720, picture);
            var seconds = (double?)input["duration"] ?? 5;
            var task = book.Take(new SimTask
            {
                Id = $"{Guid.NewGuid()}-e1",
                Vendor = Vendor,
                Model = endpoint,
                Spec = new RenderSpec("clip", picture, $"{endpoint} {input["prompt"]}", width, height, seconds),
                Usd = endpoint == "wan-2-6-i2v" ? (decimal)seconds * 0.1m : 0.3m,
                SubmittedAt = TimeProvider.System.GetUtcNow(),
            });
            return Reply.Json(new JsonObject { ["id"] = task.Id, ["status"] = "IN_QUEUE" });
        }

        public IResult Status(HttpContext context, string endpoint, string id)
        {
            if (Refuse(context, endpoint) is { } refused)
            {
                return refused;
            }
            if (book.GetStatus(id) is not { } task)
            {
                return Error(404, "job not found");
            }
            var body = new JsonObject { ["id"] = id, ["delayTime"] = 10 };
            switch (task.At(TimeProvider.System.GetUtcNow()))
            {
                case SimState.Waiting:
                    body["status"] = "IN_QUEUE";
                    break;
                case SimState.Working:
                    body["status"] = "IN_PROGRESS";
                    break;
                case SimState.Canceled:
                    body["status"] = "CANCELLED";
                    break;
                case SimState.Failed:
                    (body["status"], body["error"]) = ("FAILED", task.Fate == "refuse"
                        ? "The input was flagged by the safety checker"
                        : "CUDA out of memory");
                    break;
                default:
                    (body["status"], body["executionTime"]) = ("COMPLETED", 1000);
                    body["output"] = task.Fate == "empty"
                        ? new JsonObject { ["cost"] = task.Usd }
                        : new JsonObject { ["result"] = $"{Delivery.Origin(context)}/runpod/results/{id}/0", ["cost"] = task.Usd };
                    break;
            }
            return Reply.Json(body);
        }

        public IResult Cancel(HttpContext context, string endpoint, string id)
        {
            if (Refuse(context, endpoint) is { } refused)
            {
                return refused;
            }
            if (book.Find(id) is not { } task)
            {
                return Error(404, "job not found");
            }
            return book.Cancel(task)
                ? Reply.Json(new JsonObject { ["id"] = id, ["status"] = "CANCELLED" })
                : Reply.Json(new JsonObject { ["id"] = id, ["status"] = "COMPLETED" });
        }

        public IResult Health(HttpContext context, string endpoint) => Refuse(context, endpoint) ?? Reply.Json(new JsonObject
        {
            ["jobs"] = new JsonObject { ["completed"] = 1, ["failed"] = 0, ["inProgress"] = 0, ["inQueue"] = 0, ["retried"] = 0 },
            ["workers"] = new JsonObject { ["idle"] = 1, ["initializing"] = 0, ["ready"] = 1, ["running"] = 0, ["throttled"] = 0 },
        });

        private IResult? Refuse(HttpContext context, string endpoint) => context.Request.Headers.Authorization != $"Bearer {options.Key}"
            ? Error(401, "Unauthorized")
            : Endpoints.Contains(endpoint) ? null : Error(404, "endpoint not found");

        private static IResult Error(int status, string words) => Reply.Json(new JsonObject { ["error"] = words }, status);
    }
}
