using System.Globalization;
using System.Text.Json.Nodes;
using McpI2V.Simulators.Simulation;
using McpI2V.Simulators.Simulation.FaultInjection;

namespace McpI2V.Simulators.Videos;

/// <summary>
/// A self-hosted server with OpenAI's <c>/v1/videos</c>. vllm: forms only, ids of its own, DELETE aborts, error codes as
/// numbers. sglang: forms and JSON, the same seed unless one is sent, paths of the server in its answers.
/// </summary>
public static class VideosSimulator
{
    public static void MapVideos(this WebApplication app, string flavour)
    {
        var room = new Room(
            flavour,
            app.Services.GetRequiredService<ProviderSet>().Book(flavour),
            app.Services.GetRequiredService<ResultRenderer>());
        var root = $"/{flavour}/v1";
        app.MapGet($"{root}/models", room.Models).WithMetadata(new Step(flavour, "key"));
        app.MapPost($"{root}/videos", (Delegate)room.CreateAsync).WithMetadata(new Step(flavour, "submit")).DisableAntiforgery();
        app.MapGet($"{root}/videos", room.List).WithMetadata(new Step(flavour, "list"));
        app.MapGet($"{root}/videos/{{id}}", room.Retrieve).WithMetadata(new Step(flavour, "status"));
        app.MapDelete($"{root}/videos/{{id}}", room.Delete).WithMetadata(new Step(flavour, "cancel"));
        app.MapResults(
            flavour,
            $"{root}/videos/{{id}}/content",
            c => room.Book.Find((string)c.GetRouteValue("id")!) is { } task
                && task.At(TimeProvider.System.GetUtcNow()) == SimState.Done
                && task.Fate != "empty"
                ? task
                : null);
    }

    private sealed class Room(string flavour, TaskBook book, ResultRenderer renderer)
    {
        public TaskBook Book => book;

        public IResult Models()
        {
            JsonNode model = new JsonObject
            {
                ["id"] = "Wan-AI/Wan2.1-I2V-14B-720P",
                ["object"] = "model",
                ["owned_by"] = flavour,
                ["task_type"] = "I2V",
            };
            return Reply.Json(new JsonObject { ["object"] = "list", ["data"] = new JsonArray(model) });
        }

        public async Task<IResult> CreateAsync(HttpContext context)
        {
            if (!context.Request.HasFormContentType && flavour == "vllm")
            {
                return Reply.Json(
                    new JsonObject { ["error"] = new JsonObject
                    {
                        ["message"] = "Content-Type must be multipart/form-data",
                        ["type"] = "BadRequestError",
                        ["code"] = 400,
                    } },
                    400);
            }
            Dictionary<string, string> fields = new(StringComparer.Ordinal);
            string? picture = null;
            if (context.Request.HasFormContentType)
            {
                var form = await context.Request.ReadFormAsync();
                fields = form.ToDictionary(f => f.Key, f => f.Value.ToString(), StringComparer.Ordinal);
                if (form.Files.GetFile("input_reference") is { } file)
                {
                    await using var bytes = file.OpenReadStream();
                    picture = await renderer.KeepAsync(bytes, file.FileName);
                }
            }
            else
            {
                foreach (var (name, value) in await Reply.BodyAsync(context) ?? [])
                {
                    fields[name] = value?.ToString() ?? "";
                }
            }
            if (!fields.TryGetValue("prompt", out var prompt) || prompt.Length == 0)
            {
                return Reply.Json(
                    new JsonObject { ["error"] = new JsonObject
                    {
                        ["message"] = "prompt: Field required",
                        ["type"] = "BadRequestError",
                        ["code"] = 400,
                    } },
                    400);
            }
            var size = (fields.GetValueOrDefault("size") ?? "480x832")
                .Split('x')
                .Select(s => int.Parse(s, CultureInfo.InvariantCulture))
                .ToArray();
            if (size.Any(s => s % 16 != 0))
            {
                return Reply.Json(
                    new JsonObject { ["error"] = new JsonObject
                    {
                        ["message"] = "width and height must be divisible by 16",
                        ["type"] = "BadRequestError",
                        ["code"] = 400,
                    } },
                    400);
            }
            var seconds = double.TryParse(fields.GetValueOrDefault("seconds"), CultureInfo.InvariantCulture, out var wanted) ? wanted : 4;
            var seed = fields.GetValueOrDefault("seed") ?? "1024";
            var task = book.Take(new SimTask
            {
                Id = $"video_gen_{Guid.NewGuid():N}",
                Vendor = flavour,
                Model = fields.GetValueOrDefault("model") ?? "sora-2",
                Spec = new RenderSpec("clip", picture, $"{flavour} {prompt}", size[0], size[1], seconds),
                SubmittedAt = TimeProvider.System.GetUtcNow(),
                Notes =
                {
                    ["seconds"] = seconds.ToString(CultureInfo.InvariantCulture),
                    ["size"] = $"{size[0]}x{size[1]}",
                    ["prompt"] = prompt,
                    ["seed"] = seed,
                },
            });
            return Reply.Json(Video(task));
        }

        public IResult List() =>
            Reply.Json(new JsonObject { ["object"] = "list", ["data"] = new JsonArray([.. book.All.Select(t => (JsonNode)Video(t))]) });

        public IResult Retrieve(string id) => book.GetStatus(id) is { } task ? Reply.Json(Video(task)) : NotFound();

        public IResult Delete(string id)
        {
            if (book.Find(id) is not { } task)
            {
                return NotFound();
            }
            book.Cancel(task);
            return Reply.Json(new JsonObject { ["id"] = id, ["deleted"] = true, ["object"] = "video.deleted" });
        }

        private JsonObject Video(SimTask task)
        {
            var now = TimeProvider.System.GetUtcNow();
            var state = task.At(now);
            var video = new JsonObject
            {
                ["id"] = task.Id,
                ["object"] = "video",
                ["model"] = flavour == "sglang" ? "sora-2" : task.Model,
                ["status"] = state switch
                {
                    SimState.Waiting => "queued",
                    SimState.Working => "in_progress",
                    SimState.Done => "completed",
                    SimState.Canceled => "cancelled",
                    _ => "failed",
                },
                ["progress"] = state == SimState.Done ? 100 : (int)(task.Progress(now) * 100),
                ["prompt"] = task.Notes["prompt"],
                ["created_at"] = task.SubmittedAt.ToUnixTimeSeconds(),
                ["seconds"] = task.Notes["seconds"],
                ["size"] = task.Notes["size"],
            };
            if (flavour == "sglang")
            {
                video["file_path"] = $"/srv/outputs/{task.Id}.mp4";
            }
            if (state == SimState.Failed)
            {
                video["error"] = flavour == "sglang"
                    ? "worker died"
                    : new JsonObject
                    {
                        ["code"] = 500,
                        ["message"] = task.Fate == "refuse" ? "blocked by the safety system" : "worker died",
                    };
            }
            return video;
        }

        private static IResult NotFound() => Reply.Json(
            new JsonObject { ["error"] = new JsonObject { ["message"] = "Video not found", ["type"] = "NotFoundError", ["code"] = 404 } },
            404);
    }
}
