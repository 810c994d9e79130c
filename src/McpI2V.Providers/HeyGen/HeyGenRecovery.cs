using System.Text.Json.Nodes;
using McpI2V.Engine.Providers;
using McpI2V.Providers.Contract;
using McpI2V.Providers.Http;

namespace McpI2V.Providers.HeyGen;

/// <summary>
/// What became of a request whose answer was lost. A talking picture carries the attempt's key as its title, and the list of videos is
/// searched by it: a certain match. The model's own route has an idempotency key, under which the same request is answered with the first
/// video; a client takes it to be known for a day, so that it is relied on for an hour.
/// </summary>
internal sealed class HeyGenRecovery(ProviderHttp http, HeyGenErrors errors, TimeProvider time)
{
    /// <summary>The route of the model <c>heygen-video-1</c>.</summary>
    public const string Models = "v3/models/videos";

    private static readonly TimeSpan KeyIsKnown = TimeSpan.FromHours(1);

    // Forty-five seconds were seen for the model's own route.
    private static readonly TimeSpan SubmitTimeout = TimeSpan.FromSeconds(120);

    /// <summary>Sends a request, once.</summary>
    public Task<Submission> SendAsync(string path, string key, JsonObject body, CancellationToken finishing) => http.SubmitOnceAsync(
        () => http.Request(HttpMethod.Post, http.At(path), JsonRequest.Content(body), path == Models ? key : null),
        errors.Judge,
        SubmitTimeout,
        given => (given["data"] as JsonObject ?? given)["video_id"]?.ToString() is { Length: > 0 } id ? TaskOf(path, id) : null,
        finishing);

    /// <summary>The video of a request; null if there is none that is surely its.</summary>
    public async Task<RemoteTask?> FindAsync(string path, LostRequest lost, CancellationToken jobCancelled)
    {
        if (lost.Body is not { } body)
        {
            return null;
        }
        if (path != Models)
        {
            return body["title"]?.ToString() is { Length: > 0 } title ? await TitledAsync(path, title, jobCancelled) : null;
        }
        if (time.GetUtcNow() - lost.SentAt >= KeyIsKnown)
        {
            return null;
        }
        try
        {
            return (await SendAsync(path, lost.Order.Key, body, jobCancelled)).Task;
        }
        catch (ProviderException e) when (e is { Acceptance: Acceptance.No, IsPassing: false })
        {
            // Refused now, whatever it was then.
            return null;
        }
    }

    private async Task<RemoteTask?> TitledAsync(string path, string title, CancellationToken jobCancelled)
    {
        var answer = await http.AskAsync(
            () => http.Request(HttpMethod.Get, http.At($"{path}?limit=10&title={Uri.EscapeDataString(title)}")),
            errors.Judge,
            jobCancelled);
        // The list is filtered by a part of the title: it has to be the whole.
        return (answer.Json?["data"] as JsonArray ?? [])
            .OfType<JsonObject>()
            .Where(v => v["title"]?.ToString() == title)
            .Select(v => v["id"]?.ToString())
            .FirstOrDefault(id => !string.IsNullOrEmpty(id)) is { } found
            ? TaskOf(path, found)
            : null;
    }

    private static RemoteTask TaskOf(string path, string id) => new(id, $"{path}/{Uri.EscapeDataString(id)}");
}
