using System.Text.Json.Nodes;
using McpI2V.Engine.Providers;
using McpI2V.Media.Formats;
using McpI2V.Providers.Contract;
using McpI2V.Providers.Http;

namespace McpI2V.Providers.ElevenLabs;

/// <summary>
/// Speech in another language by <c>v1/dubbing</c>: a sound goes in and a sound comes out. There is no cancel. Each is sent under the
/// attempt's own key as its name, by which a lost one is found in the list.
/// </summary>
internal sealed class ElevenLabsDubs(ProviderHttp http, ElevenLabsErrors errors)
{
    private const string Path = "v1/dubbing";
    private const int MostPages = 5;
    private static readonly TimeSpan Timeout = TimeSpan.FromMinutes(5);

    /// <summary>The request.</summary>
    public ElevenLabsRequest Prepare(GenerationOrder order)
    {
        var body = JsonWire.Body(order, _ => throw new NotSupportedException("the sound is a part of the form"));
        body["name"] = order.Key;
        return new ElevenLabsRequest(order, http.At(Path), () => ElevenLabsSounds.Form(body, order.Audio!, "file"), body);
    }

    /// <summary>Sends it once.</summary>
    public Task<Submission> SubmitAsync(Func<HttpRequestMessage> request, CancellationToken finishing) =>
        http.SubmitOnceAsync(
            request,
            errors.Judge,
            Timeout,
            given => given["dubbing_id"]?.ToString() is { Length: > 0 } id ? new RemoteTask(id) : null,
            finishing);

    /// <summary>How it stands.</summary>
    public async Task<RemoteStatus> GetStatusAsync(RemoteTask task, GenerationOrder order, CancellationToken jobCancelled)
    {
        if (await http.GetStatusAsync(() => Get(At(task)), errors.Judge, jobCancelled) is not { } answer)
        {
            return RemoteStatus.Gone;
        }
        var now = answer.Json;
        return now?["status"]?.ToString() switch
        {
            "dubbed" => new RemoteStatus { State = RemoteState.Done, Outputs = [Output(task, order)] },
            "failed" => RemoteStatus.Failed(errors.OfDub(now["error"]?.ToString())),
            "queued" or "preparing" => RemoteStatus.Waiting,
            _ => RemoteStatus.Working(),
        };
    }

    /// <summary>True for a result of these.</summary>
    public bool Delivers(RemoteOutput output) =>
        output.Address?.AbsoluteUri.StartsWith(http.At(Path + "/").AbsoluteUri, StringComparison.Ordinal) == true;

    /// <summary>Writes a result to a file; until it is ready the answer is 425, and it is asked for again.</summary>
    public Task FetchAsync(RemoteOutput output, string path, CancellationToken jobCancelled) =>
        http.DownloadAsync(output.Address!, path, withKey: true, jobCancelled);

    /// <summary>Finds a lost one by its name; null: the list, newest first, does not have it.</summary>
    public async Task<RemoteTask?> FindAsync(LostRequest lost, CancellationToken jobCancelled)
    {
        string? cursor = null;
        for (var page = 0; page < MostPages; page++)
        {
            var asked = $"{Path}?page_size=100&order_by=created_at&order_direction=DESCENDING" +
                (cursor is null ? "" : $"&cursor={Uri.EscapeDataString(cursor)}");
            var answer = (await http.AskAsync(() => Get(http.At(asked)), errors.Judge, jobCancelled)).Json;
            var found = (answer?["dubs"] as JsonArray ?? []).OfType<JsonObject>()
                .FirstOrDefault(d => d["name"]?.ToString() == lost.Order.Key);
            if (found?["dubbing_id"]?.ToString() is { Length: > 0 } id && !lost.IsTaken(id))
            {
                return new RemoteTask(id);
            }
            cursor = answer?["next_cursor"]?.ToString();
            if (string.IsNullOrEmpty(cursor) || answer?["has_more"]?.ToString() != "true")
            {
                break;
            }
        }
        return null;
    }

    private RemoteOutput Output(RemoteTask task, GenerationOrder order) => new(
        MediaKind.Audio,
        new Uri($"{At(task).AbsoluteUri}/audio/{Uri.EscapeDataString(order.Settings.Language ?? "")}"));

    private Uri At(RemoteTask task) => http.At($"{Path}/{Uri.EscapeDataString(task.Id)}");

    private HttpRequestMessage Get(Uri address) => http.Request(HttpMethod.Get, address);
}
