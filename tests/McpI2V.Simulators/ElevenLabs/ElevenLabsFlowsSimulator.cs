using System.Globalization;
using System.Text.Json.Nodes;
using McpI2V.Simulators.Simulation;
using McpI2V.Simulators.Simulation.FaultInjection;

namespace McpI2V.Simulators.ElevenLabs;

/// <summary>Clips of other makers' models by flows: queued, looked at, listed without a word of what was asked.</summary>
public static class ElevenLabsFlowsSimulator
{
    private const string Vendor = ElevenLabsSimulator.Vendor;

    public static void MapElevenLabsFlows(this WebApplication app, SimOptions options, TaskBook book, Uploads uploads)
    {
        var room = new Room(options, book, uploads);
        app.MapPost("/elevenlabs/v1/flows/video", (Delegate)room.SubmitAsync).WithMetadata(new Step(Vendor, "submit"));
        app.MapGet("/elevenlabs/v1/flows/video", room.List).WithMetadata(new Step(Vendor, "list"));
        app.MapGet("/elevenlabs/v1/flows/video/{id}", room.Look).WithMetadata(new Step(Vendor, "status"));
    }

    private sealed class Room(SimOptions options, TaskBook book, Uploads uploads)
    {
        public async Task<IResult> SubmitAsync(HttpContext context)
        {
            if (ElevenLabsSimulator.Refuse(context, options) is { } refused)
            {
                return refused;
            }
            if (await Reply.BodyAsync(context) is not { } body)
            {
                return ElevenLabsSimulator.Shapeless("body", "JSON decode error");
            }
            if (ElevenLabsOrder.Fault(body) is var (member, words))
            {
                return ElevenLabsSimulator.Shapeless(member, words);
            }
            foreach (var reference in ElevenLabsOrder.Media(body))
            {
                if (reference["asset_id"]?.ToString() is { } named && uploads.Find(named) is null)
                {
                    return ElevenLabsSimulator.Error(404, "not_found", "asset_not_found", $"Asset {named} was not found");
                }
            }
            var file = uploads.Find(body["start_frame"]?["asset_id"]?.ToString() ?? "");
            var shortSide = int.Parse((body["resolution"]?.ToString() ?? "720p").TrimEnd('p'), CultureInfo.InvariantCulture);
            var ratio = body["aspect_ratio"]?.ToString() is { } said and not "auto" ? said : null;
            var (width, height) = await PictureSize.WithAsync(ratio, shortSide, file);
            var task = ElevenLabsSimulator.Task(
                book,
                body["model_id"]!.ToString(),
                new RenderSpec("clip", file, $"{body["model_id"]} {body["prompt"]}", width, height, ElevenLabsOrder.Seconds(body),
                    ElevenLabsOrder.HasSound(body)),
                ElevenLabsOrder.Usd(body));
            return Reply.Json(new JsonObject { ["id"] = task.Id, ["status"] = "pending" });
        }

        public IResult Look(HttpContext context, string id)
        {
            if (ElevenLabsSimulator.Refuse(context, options) is { } refused)
            {
                return refused;
            }
            if (book.GetStatus(id) is not { } task)
            {
                return ElevenLabsSimulator.Error(404, "not_found", "generation_not_found", $"Generation {id} was not found");
            }
            context.Response.Headers.RetryAfter = "1";
            return Reply.Json(Told(task, context));
        }

        public IResult List(HttpContext context)
        {
            if (ElevenLabsSimulator.Refuse(context, options) is { } refused)
            {
                return refused;
            }
            var model = context.Request.Query["model_id"].ToString();
            var made = book.All.Where(t => t.Spec.Kind == "clip" && (model.Length == 0 || t.Model == model)).OrderByDescending(
                t => t.SubmittedAt);
            return Reply.Json(new JsonObject
            {
                ["generations"] = new JsonArray([.. made.Select(t => (JsonNode)Told(t, context))]),
                ["next_cursor"] = null,
                ["has_more"] = false,
            });
        }

        private JsonObject Told(SimTask task, HttpContext context)
        {
            var told = new JsonObject { ["id"] = task.Id };
            switch (task.At(TimeProvider.System.GetUtcNow()))
            {
                case SimState.Waiting:
                    told["status"] = "pending";
                    break;
                case SimState.Failed:
                    told["status"] = "failed";
                    (told["failure_reason"], told["error_message"]) = task.Fate == "refuse"
                        ? ("moderated", "The prompt did not pass moderation.")
                        : ("model_error", "The model could not finish this generation.");
                    break;
                case SimState.Done:
                    told["status"] = "completed";
                    // Each look signs anew.
                    var origin = task.Fate == "forbidden_address" ? "https://10.0.0.1" : Delivery.Origin(context);
                    told["content_url"] = task.Fate == "empty"
                        ? ""
                        : $"{origin}/elevenlabs/results/{task.Id}/0?sig={Guid.NewGuid():N}{Delivery.Signature(options)}";
                    told["content_mime_type"] = "video/mp4";
                    break;
                default:
                    told["status"] = "generating";
                    break;
            }
            return told;
        }
    }
}
