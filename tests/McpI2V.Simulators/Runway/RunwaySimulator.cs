using System.Globalization;
using System.Text.Json.Nodes;
using McpI2V.Simulators.Simulation;
using McpI2V.Simulators.Simulation.FaultInjection;

namespace McpI2V.Simulators.Runway;

/// <summary>Runway's tasks and ephemeral uploads (@runwayml/sdk 4.20.1; docs.dev.runwayml.com).</summary>
public static class RunwaySimulator
{
    public static readonly SimulatedProvider Provider = new("Runway", "RUNWAYML_API_SECRET", Map);

    private const string Vendor = "runway";
    private static readonly JsonObject Endpoints = Contract.Read("runway.json");

    public static void Map(WebApplication app)
    {
        var room = new Room(
            app.Services.GetRequiredService<SimOptions>(),
            app.Services.GetRequiredService<ProviderSet>().Book(Vendor),
            app.Services.GetRequiredService<Uploads>());
        foreach (var (path, _) in Endpoints)
        {
            app
                .MapPost($"/runway/v1/{path}", (Delegate)((HttpContext c) => room.SubmitAsync(c, path)))
                .WithMetadata(new Step(Vendor, "submit"));
        }
        app.MapGet("/runway/v1/tasks/{id}", room.Task).WithMetadata(new Step(Vendor, "status"));
        app.MapDelete("/runway/v1/tasks/{id}", room.Cancel).WithMetadata(new Step(Vendor, "cancel"));
        app
            .MapGet(
                "/runway/v1/organization",
                (HttpContext c) => room.Refuse(c)
                    ?? Reply.Json(new JsonObject
                    {
                        ["creditBalance"] = 100_000,
                        ["tier"] = new JsonObject { ["maxMonthlyCreditSpend"] = 1_000_000, ["models"] = new JsonObject() },
                        ["usage"] = new JsonObject { ["models"] = new JsonObject() },
                    }))
            .WithMetadata(new Step(Vendor, "key"));
        app.MapPost("/runway/v1/uploads", room.Upload).WithMetadata(new Step(Vendor, "upload"));
        app.MapPost("/runway/_storage/{name}", (Delegate)room.KeepAsync).WithMetadata(new Step(Vendor, "upload")).DisableAntiforgery();
        app.MapResults(Vendor, "/runway/results/{id}/{index}", c => room.Book.Find((string)c.GetRouteValue("id")!));
    }

    private sealed class Room(SimOptions options, TaskBook book, Uploads uploads)
    {
        public TaskBook Book => book;

        public IResult? Refuse(HttpContext context)
        {
            if (context.Request.Headers.Authorization != $"Bearer {options.Key}")
            {
                return Error(401, "You did not provide an API key, or it was not valid.");
            }
            return context.Request.Headers["X-Runway-Version"] == "2024-11-06"
                ? null
                : Error(400, "This API version is not valid. Set the X-Runway-Version header.");
        }

        public async Task<IResult> SubmitAsync(HttpContext context, string path)
        {
            if (Refuse(context) is { } refused)
            {
                return refused;
            }
            if (await Reply.BodyAsync(context) is not { } body)
            {
                return Error(400, "Validation of body failed");
            }
            if (Endpoints[path]![body["model"]?.ToString() ?? ""] is not JsonObject members)
            {
                return Invalid("model",
                    $"Invalid enum value. Expected {string.Join(" | ", Endpoints[path]!.AsObject().Select(m => $"'{m.Key}'"))}");
            }
            if (Contract.Fault(body, members) is var (member, words, _))
            {
                return Invalid(member, words);
            }
            if (body["promptText"]?.ToString().Length > 1000 && body["model"]!.ToString().StartsWith("gen4", StringComparison.Ordinal))
            {
                return Invalid("promptText", "String must contain at most 1000 character(s)");
            }
            if (Media(body).FirstOrDefault(m => !IsReachable(m)) is { } unreachable)
            {
                return Invalid("promptImage", $"Invalid asset URI: {unreachable[..Math.Min(20, unreachable.Length)]}");
            }
            var task = await TaskAsync(path, body);
            book.Take(task);
            return Reply.Json(new JsonObject { ["id"] = task.Id, ["estimatedCost"] = Credits(task) });
        }

        public IResult Task(HttpContext context, string id)
        {
            if (Refuse(context) is { } refused)
            {
                return refused;
            }
            if (book.GetStatus(id) is not { } task)
            {
                return Error(404, "Task not found");
            }
            var now = TimeProvider.System.GetUtcNow();
            var body = new JsonObject { ["id"] = id, ["createdAt"] = task.SubmittedAt.ToString("O", CultureInfo.InvariantCulture) };
            switch (task.At(now))
            {
                case SimState.Waiting:
                    (body["status"], body["estimatedCost"]) = ("THROTTLED", Credits(task));
                    break;
                case SimState.Working:
                    (body["status"], body["progress"], body["estimatedCost"]) = ("RUNNING", Math.Round(task.Progress(now), 2), Credits(
                        task));
                    break;
                case SimState.Canceled:
                    (body["status"], body["cost"]) = ("CANCELLED", new JsonObject { ["credits"] = 0 });
                    break;
                case SimState.Failed:
                    (body["status"], body["cost"]) = ("FAILED", new JsonObject { ["credits"] = 0 });
                    (body["failure"], body["failureCode"]) = task.Fate == "refuse"
                        ? ("Text failed our content moderation.", "SAFETY.INPUT.TEXT")
                        : ("An unexpected error occurred.", "INTERNAL.BAD_OUTPUT.CODE01");
                    break;
                default:
                    (body["status"], body["cost"]) = ("SUCCEEDED", Credits(task));
                    body["output"] = new JsonArray([.. Enumerable.Range(0, task.Fate == "empty" ? 0 : task.Count).Select(
                        i => (JsonNode)($"{(task.Fate == "forbidden_address" ? "https://10.0.0.1" : Delivery.Origin(context))}" +
                            $"/runway/results/{id}/{i}?_jwt=signed-{id}{Delivery.Signature(options)}"))]);
                    break;
            }
            return Reply.Json(body);
        }

        public IResult Cancel(HttpContext context, string id)
        {
            if (Refuse(context) is { } refused)
            {
                return refused;
            }
            if (book.Find(id) is not { } task)
            {
                return Error(404, "Task not found");
            }
            book.Cancel(task);
            return Microsoft.AspNetCore.Http.Results.NoContent();
        }

        public IResult Upload(HttpContext context)
        {
            var name = Guid.NewGuid().ToString("N");
            return Refuse(context) ?? Reply.Json(new JsonObject
            {
                ["uploadUrl"] = $"{Delivery.Origin(context)}/runway/_storage/{name}",
                ["fields"] = new JsonObject { ["policy"] = "signed-" + name, ["Content-Type"] = "application/octet-stream" },
                ["runwayUri"] = $"runway://{name}",
            });
        }

        public async Task<IResult> KeepAsync(HttpContext context, string name)
        {
            var form = await context.Request.ReadFormAsync();
            if (form["policy"] != "signed-" + name || form.Files.GetFile("file") is not { } file)
            {
                return Error(403, "The policy does not match");
            }
            await using var bytes = file.OpenReadStream();
            await uploads.KeepAsync("runway://" + name, bytes, file.FileName);
            return Microsoft.AspNetCore.Http.Results.NoContent();
        }

        private async Task<SimTask> TaskAsync(string path, JsonObject body)
        {
            var picture = uploads.Behind(Media(body).FirstOrDefault());
            var (w, h, length) = await PictureSize.OfAsync(picture);
            var ratio = body["ratio"]?.ToString().Split(':');
            if (ratio is [var width, var height] && int.TryParse(width, out var rw) && int.TryParse(height, out var rh) && rw > 64)
            {
                (w, h) = (rw, rh);
            }
            var seconds = body["duration"] is JsonValue given && given.TryGetValue<double>(out var wanted)
                ? wanted
                : path is "image_to_video" ? 5 : length;
            var kind = path switch { "text_to_image" => "still", "text_to_speech" or "sound_effect" => "sound", _ => "clip" };
            var count = (int?)body["outputCount"] ?? 1;
            // Credits: this simulator's own list.
            var credits = path switch
            {
                "text_to_image" => 8 * count,
                "text_to_speech" => 1 + ((body["promptText"]?.ToString().Length ?? 0) / 50),
                "sound_effect" => 2,
                _ => (decimal)Math.Ceiling(seconds) * (body["model"]!.ToString().Contains("turbo", StringComparison.Ordinal) ? 5 : 12),
            };
            return new SimTask
            {
                Id = Guid.NewGuid().ToString(),
                Vendor = Vendor,
                Model = body["model"]!.ToString(),
                Spec = new RenderSpec(
                    kind,
                    kind == "sound" ? null : picture,
                    $"{body["model"]} {body["promptText"]}",
                    w,
                    h,
                    seconds,
                    (bool?)body["audio"] == true),
                Count = count,
                Usd = credits / 100,
                SubmittedAt = TimeProvider.System.GetUtcNow(),
            };
        }

        private bool IsReachable(string uri) => uri.StartsWith("https://", StringComparison.Ordinal)
            || uri.StartsWith("data:", StringComparison.Ordinal)
            || uploads.Find(uri) is not null;

        private static IEnumerable<string> Media(JsonObject body)
        {
            foreach (var name in new[] { "promptImage", "videoUri", "promptVideo", "character", "reference" })
            {
                if (body[name] is JsonArray list)
                {
                    foreach (var item in list)
                    {
                        yield return item!["uri"]!.ToString();
                    }
                }
                else if (body[name] is { } one)
                {
                    yield return (one as JsonObject)?["uri"]?.ToString() ?? one.ToString();
                }
            }
            foreach (var item in body["referenceImages"] as JsonArray ?? [])
            {
                yield return item!["uri"]!.ToString();
            }
        }

        private static JsonObject Credits(SimTask task) => new() { ["credits"] = task.Usd * 100 };

        private static IResult Error(int status, string words) => Reply.Json(new JsonObject { ["error"] = words }, status);

        private static IResult Invalid(string member, string words)
        {
            JsonNode issue = new JsonObject { ["code"] = "invalid_type", ["path"] = new JsonArray(member), ["message"] = words };
            return Reply.Json(
                new JsonObject
                {
                    ["error"] = "Validation of body failed",
                    ["issues"] = new JsonArray(issue),
                    ["docUrl"] = "https://docs.dev.runwayml.com/api",
                },
                400);
        }
    }
}
