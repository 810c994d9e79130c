using System.Text.Json.Nodes;
using McpI2V.Simulators.Simulation;
using McpI2V.Simulators.Simulation.FaultInjection;

namespace McpI2V.Simulators.Vertex;

/// <summary>
/// Veo on Google's Agent Platform (@google/genai 3.1.0): a token for a service account, operations that are looked at by a POST, clips in
/// the answer or in the bucket.
/// </summary>
public static class VertexSimulator
{
    public static readonly SimulatedProvider Provider = new("Vertex", "GOOGLE_APPLICATION_CREDENTIALS", Map)
    {
        KeyOf = (_, key) => VertexTokenRoom.FileOf(key),
    };

    /// <summary>The vendor's name here.</summary>
    public const string Vendor = "vertex";

    private const string Models = "/vertex/{version}/projects/{project}/locations/{location}/publishers/google/models/{model}";

    public static void Map(WebApplication app)
    {
        var options = app.Services.GetRequiredService<SimOptions>();
        var book = app.Services.GetRequiredService<ProviderSet>().Book(Vendor);
        var tokens = new VertexTokenRoom(options);
        var storage = new VertexStorageRoom(app.Services.GetRequiredService<Uploads>(), book, tokens);
        var room = new Room(book, storage, tokens, app.Services.GetRequiredService<ResultRenderer>());
        app.MapPost("/vertex/token", (Delegate)tokens.GiveAsync).WithMetadata(new Step(Vendor, "token"));
        app.MapPost(Models + ":predictLongRunning", room.SubmitAsync).WithMetadata(new Step(Vendor, "submit"));
        app.MapPost(Models + ":fetchPredictOperation", room.LookAsync).WithMetadata(new Step(Vendor, "status"));
        storage.Map(app);
        // For tests: the account's key, tokens that end or are taken back.
        app.MapGet("/_sim/vertex/key", () => Reply.Json(VertexTokenRoom.KeyOf(options.Key)));
        app.MapPost("/_sim/vertex", (JsonObject change) =>
        {
            tokens.TokenSeconds = (double?)change["token_seconds"] ?? tokens.TokenSeconds;
            if ((bool?)change["revoke"] == true)
            {
                tokens.Revoke();
            }
        });
    }

    /// <summary>An error body.</summary>
    public static IResult Error(int status, string name, string words) =>
        Reply.Json(new JsonObject { ["error"] = new JsonObject { ["code"] = status, ["message"] = words, ["status"] = name } }, status);

    private sealed class Room(TaskBook book, VertexStorageRoom storage, VertexTokenRoom tokens, ResultRenderer renderer)
    {
        public async Task<IResult> SubmitAsync(HttpContext context, string project, string location, string model)
        {
            if (Refuse(context, project) is { } no)
            {
                return no;
            }
            var path = $"projects/{project}/locations/{location}/publishers/google/models/{model}";
            if (!VertexOrder.Models.Contains(model))
            {
                return Error(404, "NOT_FOUND", $"Publisher Model `{path}` was not found or your project does not have access to it.");
            }
            if (await Reply.BodyAsync(context) is not { } body)
            {
                return Error(400, "INVALID_ARGUMENT", "Invalid JSON payload received.");
            }
            if (VertexOrder.Fault(model, body) is { } fault)
            {
                return Error(400, "INVALID_ARGUMENT", fault);
            }
            var folder = VertexOrder.Parameter(body, "storageUri");
            if (folder?.StartsWith($"gs://{VertexStorageRoom.Bucket}/", StringComparison.Ordinal) == false)
            {
                return Error(400, "INVALID_ARGUMENT", "The bucket of storageUri does not exist.");
            }
            var pictures = VertexOrder.Pictures(body).Select(Behind).ToList();
            if (pictures.Contains(null))
            {
                return Error(400, "INVALID_ARGUMENT", "An image could not be read.");
            }
            var task = TaskOf(path, model, body, pictures.FirstOrDefault());
            if (folder is not null)
            {
                task.Notes[VertexStorageRoom.Place] = $"{folder.TrimEnd('/')}/{Guid.NewGuid():N}/sample_0.mp4";
            }
            return Reply.Json(new JsonObject { ["name"] = book.Take(task).Id });
        }

        public async Task<IResult> LookAsync(HttpContext context, string project, string model)
        {
            if (Refuse(context, project) is { } no)
            {
                return no;
            }
            var name = (await Reply.BodyAsync(context))?["operationName"]?.ToString() ?? "";
            if (!name.Contains($"/models/{model}/operations/", StringComparison.Ordinal))
            {
                return Error(400, "INVALID_ARGUMENT", "The operation is not one of this model.");
            }
            if (book.GetStatus(name) is not { } task)
            {
                return Error(404, "NOT_FOUND", "Operation not found.");
            }
            var told = new JsonObject { ["name"] = name };
            switch (task.At(TimeProvider.System.GetUtcNow()))
            {
                case SimState.Failed when task.Fate == "refuse":
                    (told["done"], told["response"]) = (true, new JsonObject
                    {
                        ["raiMediaFilteredCount"] = 1,
                        ["raiMediaFilteredReasons"] = new JsonArray("Veo could not generate videos because of its usage guidelines. " +
                            "Support codes: 58061214"),
                    });
                    break;
                case SimState.Failed:
                    (told["done"], told["error"]) = (true, new JsonObject { ["code"] = 13, ["message"] = "Internal error encountered." });
                    break;
                case SimState.Done:
                    (told["done"], told["response"]) = (true, await ResponseAsync(task));
                    break;
                default:
                    break;
            }
            return Reply.Json(told);
        }

        private async Task<JsonObject> ResponseAsync(SimTask task)
        {
            JsonArray videos = [];
            if (task.Fate != "empty")
            {
                var video = new JsonObject { ["mimeType"] = "video/mp4" };
                if (task.Notes.TryGetValue(VertexStorageRoom.Place, out var place))
                {
                    video["gcsUri"] = place;
                }
                else
                {
                    var bytes = await File.ReadAllBytesAsync(await renderer.MakeAsync(Delivery.SpecOf(task)));
                    video["bytesBase64Encoded"] = task.Fate == "bad_base64" ? "%%%" : Convert.ToBase64String(bytes);
                }
                videos.Add((JsonNode)video);
            }
            return new JsonObject
            {
                ["@type"] = "type.googleapis.com/cloud.ai.large_models.vision.GenerateVideoResponse",
                ["raiMediaFilteredCount"] = 0,
                ["videos"] = videos,
            };
        }

        private static SimTask TaskOf(string path, string model, JsonObject body, string? picture)
        {
            var (width, height) = VertexOrder.Size(body);
            return new SimTask
            {
                Id = $"{path}/operations/{Guid.NewGuid()}",
                Vendor = Vendor,
                Model = model,
                Spec = new RenderSpec(
                    "clip",
                    picture,
                    $"{model} {VertexOrder.Instance(body)["prompt"]}",
                    width,
                    height,
                    VertexOrder.Seconds(body),
                    VertexOrder.HasSound(body)),
                Usd = VertexOrder.Usd(model, body),
                SubmittedAt = TimeProvider.System.GetUtcNow(),
            };
        }

        private string? Behind(JsonObject picture) => picture["bytesBase64Encoded"]?.ToString() is { } data
            ? renderer.Keep(data)
            : storage.Find(picture["gcsUri"]?.ToString());

        private IResult? Refuse(HttpContext context, string project) => !tokens.Knows(context.Request)
            ? Error(401, "UNAUTHENTICATED", "Request had invalid authentication credentials.")
            : project != VertexTokenRoom.Project
            ? Error(403, "PERMISSION_DENIED", "Permission 'aiplatform.endpoints.predict' denied on resource (or it may not exist).")
            : null;
    }
}
