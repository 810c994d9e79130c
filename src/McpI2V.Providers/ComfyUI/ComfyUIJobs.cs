using System.Text.Json.Nodes;
using McpI2V.Engine.Catalogue;
using McpI2V.Engine.Providers;
using McpI2V.Media.Formats;
using McpI2V.Providers.Contract;
using McpI2V.Providers.Http;

namespace McpI2V.Providers.ComfyUI;

/// <summary>
/// How a workflow stands, by the jobs API of servers since 2026, else by the queue and then the history: what leaves the one is in the
/// other. A server knows them until it is started anew.
/// </summary>
internal sealed class ComfyUIJobs(ProviderHttp http, ComfyUIErrors errors)
{
    private static readonly string[] Clips = [".mp4", ".webm", ".mov", ".mkv"];
    private static readonly string[] Stills = [".png", ".jpg", ".jpeg", ".webp"];

    /// <summary>How it stands; gone where the server does not know it.</summary>
    public async Task<RemoteStatus> LookAsync(string id, GenerationOrder order, CancellationToken jobCancelled)
    {
        if (await AskAsync("api/jobs/" + Uri.EscapeDataString(id), jobCancelled) is { } job && job["status"] is not null)
        {
            return OfJob(job, order);
        }
        var (isRunning, isWaiting) = await QueueAsync(id, jobCancelled);
        if (isRunning || isWaiting)
        {
            return isRunning ? RemoteStatus.Working() : RemoteStatus.Waiting;
        }
        var history = await AskAsync("history/" + Uri.EscapeDataString(id), jobCancelled);
        return history?[id] is JsonObject entry ? OfHistory(entry, order) : RemoteStatus.Gone;
    }

    /// <summary>
    /// Ends it, waiting or running. A server without the jobs API stops whatever runs, so it is only told to where ours does.
    /// </summary>
    public async Task CancelAsync(string id, CancellationToken jobCancelled)
    {
        try
        {
            await http.AskAsync(
                () => Post($"api/jobs/{Uri.EscapeDataString(id)}/cancel", []),
                errors.Judge,
                jobCancelled);
            return;
        }
        catch (ProviderException e) when (e.IsGone)
        {
            // A server of before, or a job that it does not know: the old way does no harm.
        }
        await http.AskAsync(() => Post("queue", new JsonObject { ["delete"] = new JsonArray((JsonNode)id) }), errors.Judge, jobCancelled);
        if ((await QueueAsync(id, jobCancelled)).IsRunning)
        {
            await http.AskAsync(() => Post("interrupt", new JsonObject { ["prompt_id"] = id }), errors.Judge, jobCancelled);
        }
    }

    private RemoteStatus OfJob(JsonObject job, GenerationOrder order) => job["status"]!.ToString() switch
    {
        "completed" => Done(job["outputs"], order),
        "failed" => RemoteStatus.Failed(errors.OfRun(job["execution_error"], order.VendorModel), 0),
        "cancelled" or "canceled" => new RemoteStatus { State = RemoteState.Canceled },
        "pending" => RemoteStatus.Waiting,
        _ => RemoteStatus.Working(),
    };

    // Messages are [event, data]; one that was stopped is an error with a message of its own.
    private RemoteStatus OfHistory(JsonObject entry, GenerationOrder order)
    {
        if (entry["status"]?["status_str"]?.ToString() != "error")
        {
            return Done(entry["outputs"], order);
        }
        var messages = (entry["status"]!["messages"] as JsonArray ?? []).OfType<JsonArray>().Where(m => m.Count == 2).ToList();
        return messages.Any(m => m[0]?.ToString() == "execution_interrupted")
            ? new RemoteStatus { State = RemoteState.Canceled }
            : RemoteStatus.Failed(
                errors.OfRun(messages.FirstOrDefault(m => m[0]?.ToString() == "execution_error")?[1], order.VendorModel),
                0);
    }

    // Which key a file stands under tells nothing: SaveVideo puts clips under images. Its name does.
    private RemoteStatus Done(JsonNode? outputs, GenerationOrder order)
    {
        var kind = order.Capability.Makes();
        var endings = kind == MediaKind.Clip ? Clips : Stills;
        var files = (outputs as JsonObject ?? [])
            .SelectMany(node => node.Value as JsonObject ?? [])
            .SelectMany(list => list.Value as JsonArray ?? [])
            .OfType<JsonObject>()
            .Where(f => f["filename"] is JsonValue)
            .ToList();
        var fitting = files.Where(f => endings.Contains(Path.GetExtension(f["filename"]!.ToString()).ToLowerInvariant())).ToList();
        // What was only previewed counts where nothing was saved.
        var saved = fitting.Where(f => f["type"]?.ToString() != "temp").ToList();
        var taken = saved.Count > 0 ? saved : fitting;
        return taken.Count == 0
            ? RemoteStatus.Failed(ComfyUIErrors.Nothing(order.VendorModel, files.Select(f => f["filename"]!.ToString())), 0)
            : new RemoteStatus
            {
                State = RemoteState.Done,
                CostUsd = 0,
                Outputs = [.. taken.Select((f, i) => new RemoteOutput(kind, View(f), Index: i))],
            };
    }

    private Uri View(JsonObject file) => http.At(
        $"view?filename={Escaped(file["filename"])}&subfolder={Escaped(file["subfolder"])}&type={Escaped(file["type"] ?? "output")}");

    private static string Escaped(JsonNode? text) => Uri.EscapeDataString(text?.ToString() ?? "");

    private async Task<(bool IsRunning, bool IsWaiting)> QueueAsync(string id, CancellationToken jobCancelled)
    {
        var queue = await AskAsync("queue", jobCancelled);
        return (Holds("queue_running"), Holds("queue_pending"));

        // Each is [number, id, nodes, more].
        bool Holds(string list) => (queue?[list] as JsonArray ?? [])
            .OfType<JsonArray>()
            .Any(item => item.ElementAtOrDefault(1)?.ToString() == id);
    }

    // Null where the server does not know it.
    private async Task<JsonObject?> AskAsync(string path, CancellationToken jobCancelled) =>
        (await http.GetStatusAsync(() => new HttpRequestMessage(HttpMethod.Get, http.At(path)), errors.OfQuestion, jobCancelled))?.Json;

    private HttpRequestMessage Post(string path, JsonObject body) =>
        new(HttpMethod.Post, http.At(path)) { Content = JsonRequest.Content(body) };
}
