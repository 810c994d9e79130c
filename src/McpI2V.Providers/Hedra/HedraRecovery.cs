using System.Globalization;
using System.Text.Json.Nodes;
using McpI2V.Engine.Providers;
using McpI2V.Providers.Contract;
using McpI2V.Providers.Http;

namespace McpI2V.Providers.Hedra;

/// <summary>
/// What became of a request whose answer was lost. Sent again with the same key it is answered with the job that was made of it the first
/// time; for how long Hedra knows a key is not published, so that this is done for minutes alone. After that it is looked for in the list
/// of jobs, by its model, its time and its prompt.
/// </summary>
internal sealed class HedraRecovery(ProviderHttp http, HedraErrors errors, TimeProvider time)
{
    private const int MostPages = 5;
    private const int MostLookedAt = 20;
    private static readonly TimeSpan KeyIsKnown = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan SubmitTimeout = TimeSpan.FromSeconds(60);

    // Their clock and ours may differ.
    private static readonly TimeSpan ClocksDiffer = TimeSpan.FromMinutes(5);

    /// <summary>Sends a request, once.</summary>
    public Task<Submission> SendAsync(Uri address, JsonObject body, CancellationToken finishing) => http.SubmitOnceAsync(
        () => http.Request(HttpMethod.Post, address, JsonRequest.Content(body)),
        errors.Judge,
        SubmitTimeout,
        given => given["job_id"]?.ToString() is { Length: > 0 } id ? new RemoteTask(id) : null,
        finishing);

    /// <summary>The job of a request; null if there is none that is surely its.</summary>
    /// <param name="model">The model, as Hedra names it.</param>
    /// <param name="lost">What was sent, and when.</param>
    /// <param name="jobCancelled">Ends the question.</param>
    public async Task<RemoteTask?> FindAsync(string model, LostRequest lost, CancellationToken jobCancelled)
    {
        if (lost.Body is not { } body)
        {
            return null;
        }
        if (time.GetUtcNow() - lost.SentAt < KeyIsKnown)
        {
            try
            {
                return (await SendAsync(http.At(HedraRequests.Path(model)), body, jobCancelled)).Task;
            }
            catch (ProviderException e) when (e is { Acceptance: Acceptance.No, IsPassing: false })
            {
                // Refused now, whatever it was then: an upload may have expired meanwhile.
            }
        }
        return (body["input"] as JsonObject)?["prompt"]?.ToString() is { Length: > 0 } prompt
            ? await ListedAsync(model, prompt, lost, jobCancelled)
            : null;
    }

    // The list tells neither prompts nor keys, a job's own page tells its prompt.
    private async Task<RemoteTask?> ListedAsync(string model, string prompt, LostRequest lost, CancellationToken jobCancelled)
    {
        var looked = 0;
        string? cursor = null;
        for (var page = 0; page < MostPages; page++)
        {
            var query = cursor is null ? "" : "&cursor=" + Uri.EscapeDataString(cursor);
            var answer = await AskAsync($"jobs?limit=100{query}", jobCancelled);
            var jobs = (answer.Json?["data"] as JsonArray ?? [])
                .OfType<JsonObject>()
                .Select(j => (Job: j, At: Time(j["created_at"])))
                .ToList();
            foreach (var (job, _) in jobs.Where(j => j.At >= lost.SentAt - ClocksDiffer && j.At <= lost.SentAt + ClocksDiffer))
            {
                if (job["model"]?.ToString() == model
                    && job["job_id"]?.ToString() is { Length: > 0 } id
                    && !lost.IsTaken(id)
                    && looked++ < MostLookedAt
                    && HedraJob.Read(await AskAsync("jobs/" + Uri.EscapeDataString(id), jobCancelled)).Prompt == prompt)
                {
                    return new RemoteTask(id);
                }
            }
            cursor = answer.Json?["next_cursor"]?.ToString();
            if (string.IsNullOrEmpty(cursor) || jobs.Any(j => j.At < lost.SentAt - ClocksDiffer))
            {
                return null;
            }
        }
        return null;
    }

    private Task<ProviderAnswer> AskAsync(string path, CancellationToken jobCancelled) =>
        http.AskAsync(() => http.Request(HttpMethod.Get, http.At(path)), errors.Judge, jobCancelled);

    private static DateTimeOffset? Time(JsonNode? text) =>
        DateTimeOffset.TryParse(text?.ToString(), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time) ? time : null;
}
