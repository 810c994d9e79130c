using System.Globalization;
using System.Text.Json.Nodes;
using McpI2V.Simulators.Simulation;
using McpI2V.Simulators.Simulation.FaultInjection;

namespace McpI2V.Simulators.Luma;

/// <summary>Luma's Agents API (docs.agents.lumalabs.ai, 2026-11): generations, with files as base64 inside the request.</summary>
public static class LumaSimulator
{
    public static readonly SimulatedProvider Provider = new("Luma", "LUMA_AGENTS_API_KEY", Map);

    private const string Vendor = "luma";

    public static void Map(WebApplication app)
    {
        var room = new Room(
            app.Services.GetRequiredService<SimOptions>(),
            app.Services.GetRequiredService<ProviderSet>().Book(Vendor),
            app.Services.GetRequiredService<Uploads>());
        app.MapPost("/luma/v1/generations", (Delegate)room.SubmitAsync).WithMetadata(new Step(Vendor, "submit"));
        app.MapGet("/luma/v1/generations/{id}", room.Look).WithMetadata(new Step(Vendor, "status"));
        // Nobody's generation: clients ask for it to try their key.
        app
            .MapGet($"/luma/v1/generations/{Guid.Empty}", (HttpContext c) => room.Look(c, Guid.Empty.ToString()))
            .WithMetadata(new Step(Vendor, "key"));
        app.MapResults(Vendor, "/luma/results/{id}/{index}", c => room.Book.Find((string)c.GetRouteValue("id")!));
    }

    private sealed class Room(SimOptions options, TaskBook book, Uploads uploads)
    {
        public TaskBook Book => book;

        public async Task<IResult> SubmitAsync(HttpContext context)
        {
            if (Refuse(context) is { } refused)
            {
                return refused;
            }
            if (await Reply.BodyAsync(context) is not { } body)
            {
                return Error(400, "Request body is not valid JSON");
            }
            if (LumaOrder.Fault(body) is { } fault)
            {
                return Error(400, fault);
            }
            List<string> files = [];
            foreach (var (reference, kind) in LumaOrder.Media(body))
            {
                if (await KeepAsync(reference, kind) is var (file, wrong) && wrong is not null)
                {
                    return Error(422, wrong);
                }
                files.AddRange(file is null ? [] : [file]);
            }
            var task = book.Take(await TaskAsync(body, files.FirstOrDefault()));
            context.Response.Headers["X-RateLimit-Limit"] = "30";
            context.Response.Headers["X-RateLimit-Remaining"] = "29";
            return Reply.Json(Told(task, context), 201);
        }

        public IResult Look(HttpContext context, string id)
        {
            if (Refuse(context) is { } refused)
            {
                return refused;
            }
            return book.GetStatus(id) is { } task ? Reply.Json(Told(task, context)) : Error(404, "Generation not found");
        }

        private IResult? Refuse(HttpContext context)
        {
            context.Response.Headers["X-API-Version"] = "2026-04-01";
            var asked = context.Request.Headers["X-Request-Id"].FirstOrDefault();
            context.Response.Headers["X-Request-Id"] = asked ?? Guid.NewGuid().ToString();
            return context.Request.Headers.Authorization == $"Bearer {options.Key}" ? null : Error(401, "Invalid API key");
        }

        // Exactly one of address, bytes, an earlier generation.
        private async Task<(string? File, string? Wrong)> KeepAsync(JsonNode? reference, string kind)
        {
            string[] named = [.. new[] { "url", "data", "generation_id" }.Where(n => reference?[n] is not null)];
            if (named is not [var by])
            {
                return (null, "Provide exactly one of url, data or generation_id");
            }
            if (by == "generation_id")
            {
                var known = book.Find(reference!["generation_id"]!.ToString());
                return known?.At(TimeProvider.System.GetUtcNow()) == SimState.Done
                    ? (known.Spec.Picture, null)
                    : (null, "generation_id must be a completed generation");
            }
            if (by == "url")
            {
                return (null, null);
            }
            if (reference!["media_type"]?.ToString().StartsWith(kind, StringComparison.Ordinal) != true)
            {
                return (null, $"media_type must be {kind}*");
            }
            var bytes = new byte[reference["data"]!.ToString().Length];
            if (!Convert.TryFromBase64String(reference["data"]!.ToString(), bytes, out var length) || length == 0)
            {
                return (null, "data is not valid base64");
            }
            var name = Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(bytes.AsSpan(0, length)))[..24];
            if (uploads.Find(name) is null)
            {
                using var stream = new MemoryStream(bytes, 0, length);
                await uploads.KeepAsync(name, stream, name + "." + reference["media_type"]!.ToString().Split('/')[1]);
            }
            return (uploads.Find(name), null);
        }

        private static async Task<SimTask> TaskAsync(JsonObject body, string? file)
        {
            var isVideo = LumaOrder.IsVideo(body);
            var (_, _, length) = await PictureSize.OfAsync(file);
            var shortSide = isVideo ? int.Parse(LumaOrder.ResolutionOf(body).TrimEnd('p'), CultureInfo.InvariantCulture) : 1440;
            var (width, height) = await PictureSize.WithAsync(body["aspect_ratio"]?.ToString(), shortSide, file);
            var type = LumaOrder.TypeOf(body);
            return new SimTask
            {
                Id = Guid.NewGuid().ToString(),
                Vendor = Vendor,
                Model = LumaOrder.ModelOf(body),
                Spec = new RenderSpec(
                    isVideo ? "clip" : "still",
                    file,
                    $"{LumaOrder.ModelOf(body)} {body["prompt"]}",
                    width,
                    height,
                    type == "video" ? LumaOrder.IsLong(body["video"]) ? 10 : 5 : length),
                Usd = LumaOrder.Usd(body, length),
                SubmittedAt = TimeProvider.System.GetUtcNow(),
                Notes = { ["type"] = type },
            };
        }

        private JsonObject Told(SimTask task, HttpContext context)
        {
            var state = task.At(TimeProvider.System.GetUtcNow());
            var told = new JsonObject
            {
                ["id"] = task.Id,
                ["type"] = task.Notes["type"],
                ["model"] = task.Model,
                ["state"] = state switch
                {
                    SimState.Waiting => "queued",
                    SimState.Done => "completed",
                    SimState.Failed => "failed",
                    _ => "processing",
                },
                ["created_at"] = task.SubmittedAt.ToString("O", CultureInfo.InvariantCulture),
                ["output"] = new JsonArray(),
                ["failure_reason"] = null,
                ["failure_code"] = null,
            };
            if (state == SimState.Failed)
            {
                (told["failure_code"], told["failure_reason"]) = task.Fate == "refuse"
                    ? ("content_moderated", "The prompt did not pass content moderation.")
                    : ("generation_failed", "The model could not finish this generation.");
            }
            if (state == SimState.Done && task.Fate != "empty")
            {
                // Each look signs anew.
                var origin = task.Fate == "forbidden_address" ? "https://10.0.0.1" : Delivery.Origin(context);
                JsonNode output = new JsonObject
                {
                    ["type"] = task.Spec.Kind == "clip" ? "video" : "image",
                    ["url"] = $"{origin}/luma/results/{task.Id}/0?X-Signature={Guid.NewGuid():N}{Delivery.Signature(options)}",
                };
                told["output"] = new JsonArray(output);
            }
            return told;
        }

        private static IResult Error(int status, string detail) => Reply.Json(new JsonObject { ["detail"] = detail }, status);
    }
}
