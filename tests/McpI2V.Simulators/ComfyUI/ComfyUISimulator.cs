using System.Text.Json.Nodes;
using McpI2V.Simulators.Simulation;
using McpI2V.Simulators.Simulation.FaultInjection;

namespace McpI2V.Simulators.ComfyUI;

/// <summary>
/// A user's ComfyUI (server.py and jobs.py, about 0.38.1), and one of before the jobs API at <c>/comfyui-old</c>. It runs nothing; what it
/// forgot (a task's fate <c>forgotten</c>) it does not know any more, as after a restart.
/// </summary>
public static class ComfyUISimulator
{
    public static readonly SimulatedProvider Provider = new("ComfyUI", "", app =>
    {
        Map(app, "comfyui", hasJobs: true);
        Map(app, "comfyui-old", hasJobs: false);
    });

    private static void Map(WebApplication app, string vendor, bool hasJobs)
    {
        var room = new Room(
            vendor,
            hasJobs,
            app.Services.GetRequiredService<ProviderSet>().Book(vendor),
            app.Services.GetRequiredService<Uploads>());
        var root = "/" + vendor;
        app.MapGet($"{root}/system_stats", room.Stats).WithMetadata(new Step(vendor, "key"));
        app.MapGet($"{root}/object_info/{{type}}", (string type) => Reply.Json(ComfyUIGraph.ObjectInfo(type)))
            .WithMetadata(new Step(vendor, "models"));
        app.MapPost($"{root}/upload/image", (Delegate)room.UploadAsync).WithMetadata(new Step(vendor, "upload")).DisableAntiforgery();
        app.MapPost($"{root}/prompt", (Delegate)room.SubmitAsync).WithMetadata(new Step(vendor, "submit"));
        if (hasJobs)
        {
            app.MapGet($"{root}/api/jobs/{{id}}", room.Job).WithMetadata(new Step(vendor, "status"));
            app.MapPost($"{root}/api/jobs/{{id}}/cancel", room.Cancel).WithMetadata(new Step(vendor, "cancel"));
        }
        app.MapGet($"{root}/history/{{id}}", room.History).WithMetadata(new Step(vendor, hasJobs ? "list" : "status"));
        app.MapGet($"{root}/queue", room.Queue).WithMetadata(new Step(vendor, "list"));
        app.MapPost($"{root}/queue", (Delegate)room.DeleteAsync).WithMetadata(new Step(vendor, "cancel"));
        app.MapPost($"{root}/interrupt", (Delegate)room.InterruptAsync).WithMetadata(new Step(vendor, "cancel"));
        app.Map($"{root}/ws", (Delegate)room.TellAsync).WithMetadata(new Step(vendor, "socket"));
        app.MapResults(vendor, $"{root}/view", room.Behind);
    }

    private sealed class Room(string vendor, bool hasJobs, TaskBook book, Uploads uploads)
    {
        public IResult Stats() => Reply.Json(new JsonObject
        {
            ["system"] = new JsonObject { ["os"] = "posix", ["comfyui_version"] = hasJobs ? "0.38.1" : "0.3.60" },
            ["devices"] = new JsonArray(),
        });

        // A same-named file with other bytes is named anew unless it may be overwritten.
        public async Task<IResult> UploadAsync(HttpContext context)
        {
            var form = await context.Request.ReadFormAsync();
            if (form.Files.GetFile("image") is not { } file || form["type"] is not ["input"])
            {
                return Results.StatusCode(400);
            }
            var name = file.FileName;
            for (var i = 1; uploads.Find(name) is not null && form["overwrite"] != "true"; i++)
            {
                name = $"{Path.GetFileNameWithoutExtension(file.FileName)} ({i}){Path.GetExtension(file.FileName)}";
            }
            await using var bytes = file.OpenReadStream();
            await uploads.KeepAsync(name, bytes, name);
            return Reply.Json(new JsonObject { ["name"] = name, ["subfolder"] = "", ["type"] = "input" });
        }

        public async Task<IResult> SubmitAsync(HttpContext context)
        {
            var body = await Reply.BodyAsync(context);
            if (body?["prompt"] is not JsonObject nodes)
            {
                return Refused("no_prompt", "No prompt provided");
            }
            var id = body["prompt_id"]?.ToString() ?? Guid.NewGuid().ToString();
            if (hasJobs && (!Guid.TryParse(id, out var canonical) || canonical.ToString() != id))
            {
                return Refused("invalid_prompt_id", "prompt_id must be a canonical UUID");
            }
            var graph = new ComfyUIGraph(nodes, uploads);
            if (graph.Fault() is { } fault)
            {
                return Reply.Json(fault, 400);
            }
            var task = book.Take(new SimTask
            {
                // A real one runs the same id twice: here it is seen.
                Id = book.Find(id) is null ? id : $"{id}-again",
                Vendor = vendor,
                Model = "workflow",
                Spec = graph.Spec(),
                SubmittedAt = TimeProvider.System.GetUtcNow(),
            });
            (task.Notes["node"], task.Notes["prefix"]) = graph.Saving();
            task.Notes["nodes"] = nodes.ToJsonString();
            task.Notes["client"] = body["client_id"]?.ToString() ?? "";
            return Reply.Json(new JsonObject { ["prompt_id"] = id, ["number"] = book.All.Count, ["node_errors"] = new JsonObject() });
        }

        public IResult Job(string id)
        {
            if (Known(book.GetStatus(id)) is not { } task)
            {
                return Reply.Json(new JsonObject { ["error"] = "Job not found" }, 404);
            }
            var state = Now(task);
            return Reply.Json(new JsonObject
            {
                ["id"] = id,
                ["status"] = state switch
                {
                    SimState.Waiting => "pending",
                    SimState.Working => "in_progress",
                    SimState.Done => "completed",
                    SimState.Canceled => "cancelled",
                    _ => "failed",
                },
                ["create_time"] = task.SubmittedAt.ToUnixTimeMilliseconds(),
                ["execution_error"] = state == SimState.Failed ? Failure(task) : null,
                ["outputs_count"] = state == SimState.Done ? 1 : 0,
                ["outputs"] = state == SimState.Done ? Outputs(task) : new JsonObject(),
            });
        }

        // Empty until it is over.
        public IResult History(string id)
        {
            if (Known(book.GetStatus(id)) is not { } task || Now(task) is SimState.Waiting or SimState.Working)
            {
                return Reply.Json(new JsonObject());
            }
            var state = Now(task);
            JsonArray messages = [new JsonArray("execution_start", new JsonObject { ["prompt_id"] = id })];
            if (state == SimState.Failed)
            {
                messages.Add((JsonNode)new JsonArray("execution_error", Failure(task)));
            }
            if (state == SimState.Canceled)
            {
                messages.Add((JsonNode)new JsonArray("execution_interrupted", new JsonObject { ["prompt_id"] = id }));
            }
            return Reply.Json(new JsonObject
            {
                [id] = new JsonObject
                {
                    ["prompt"] = new JsonArray(0, id, JsonNode.Parse(task.Notes["nodes"]), new JsonObject(), new JsonArray()),
                    ["outputs"] = state == SimState.Done ? Outputs(task) : new JsonObject(),
                    ["status"] = new JsonObject
                    {
                        ["status_str"] = state == SimState.Done ? "success" : "error",
                        ["completed"] = state == SimState.Done,
                        ["messages"] = messages,
                    },
                },
            });
        }

        public IResult Queue() => Reply.Json(new JsonObject
        {
            ["queue_running"] = Items(SimState.Working),
            ["queue_pending"] = Items(SimState.Waiting),
        });

        public IResult Cancel(string id)
        {
            var cancelled = Known(book.Find(id)) is { } task && book.Cancel(task);
            return Reply.Json(new JsonObject { ["cancelled"] = cancelled });
        }

        public async Task<IResult> DeleteAsync(HttpContext context)
        {
            foreach (var id in (await Reply.BodyAsync(context))?["delete"] as JsonArray ?? [])
            {
                if (Known(book.Find(id!.ToString())) is { } task && Now(task) == SimState.Waiting)
                {
                    book.Cancel(task);
                }
            }
            return Results.Ok();
        }

        // Without an id whatever runs is stopped.
        public async Task<IResult> InterruptAsync(HttpContext context)
        {
            var id = (await Reply.BodyAsync(context))?["prompt_id"]?.ToString();
            foreach (var task in book.All.Where(t => Now(t) == SimState.Working && (id is null || t.Id == id)))
            {
                book.Cancel(task);
            }
            return Results.Ok();
        }

        public async Task TellAsync(HttpContext context)
        {
            if (!context.WebSockets.IsWebSocketRequest)
            {
                context.Response.StatusCode = 400;
                return;
            }
            using var socket = await context.WebSockets.AcceptWebSocketAsync();
            var client = context.Request.Query["clientId"].ToString();
            await new ComfyUIEvents(socket, tellsStates: hasJobs, breaks: context.Items["fault"] is "cut").TellAsync(
                () => book.All.Where(t => Known(t) is not null && t.Notes.GetValueOrDefault("client") == client),
                context.RequestAborted);
        }

        public SimTask? Behind(HttpContext context) => book.All.FirstOrDefault(
            t => FileName(t) == context.Request.Query["filename"]
                && context.Request.Query["subfolder"] == Folder(t)
                && context.Request.Query["type"] == "output"
                && t.At(TimeProvider.System.GetUtcNow()) == SimState.Done);

        private static SimState Now(SimTask task) => task.At(TimeProvider.System.GetUtcNow());

        private static SimTask? Known(SimTask? task) => task?.Fate == "forgotten" ? null : task;

        private JsonArray Items(SimState state) => new([.. book.All
            .Where(t => Known(t) is not null && Now(t) == state)
            .Select(t => (JsonNode)new JsonArray(0, t.Id, JsonNode.Parse(t.Notes["nodes"]), new JsonObject(), new JsonArray()))]);

        // A clip stands under images, as SaveVideo puts it.
        private static JsonObject Outputs(SimTask task)
        {
            if (task.Fate == "empty")
            {
                return [];
            }
            JsonNode file = new JsonObject { ["filename"] = FileName(task), ["subfolder"] = Folder(task), ["type"] = "output" };
            var output = new JsonObject { ["images"] = new JsonArray(file) };
            if (task.Spec.Kind == "clip")
            {
                output["animated"] = new JsonArray(true);
            }
            return new JsonObject { [task.Notes["node"]] = output };
        }

        private static JsonObject Failure(SimTask task) => new()
        {
            ["prompt_id"] = task.Id,
            ["node_id"] = "11",
            ["node_type"] = "KSamplerAdvanced",
            ["exception_type"] = task.Fate == "refuse" ? "torch.OutOfMemoryError" : "RuntimeError",
            ["exception_message"] = task.Fate == "refuse" ? "Allocation on device" : "the worker died",
            ["traceback"] = new JsonArray(),
        };

        private static string Folder(SimTask task) => Path.GetDirectoryName(task.Notes["prefix"]) ?? "";

        private static string FileName(SimTask task) =>
            $"{Path.GetFileName(task.Notes["prefix"])}_00001_{(task.Spec.Kind == "clip" ? ".mp4" : ".png")}";

        private static IResult Refused(string type, string message) => Reply.Json(
            new JsonObject
            {
                ["error"] = new JsonObject
                {
                    ["type"] = type,
                    ["message"] = message,
                    ["details"] = message,
                    ["extra_info"] = new JsonObject(),
                },
                ["node_errors"] = new JsonObject(),
            },
            400);
    }
}
